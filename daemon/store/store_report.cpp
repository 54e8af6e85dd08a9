#include "store/store_report.hpp"

#include "store/database.hpp"
#include "store/schema.hpp"
#include "store/schema_steps.hpp"

#include <spdlog/fmt/fmt.h>

#include <filesystem>
#include <stdexcept>
#include <string_view>

namespace pw::store {

namespace {

/// A query whose first column is the number of wrong rows.
struct Rule {
  const char* count;
  std::string_view problem;
};

constexpr Rule kRules[] = {
    {"SELECT count(*) FROM alerts WHERE seq > (SELECT value FROM meta WHERE key = 'head')",
     "alerts have a number above that of the newest"},
    {"SELECT coalesce(max(seq) - min(seq) + 1 - count(*), 0) FROM alerts", "numbers are missing in the alert log"},
    {"SELECT (SELECT value FROM meta WHERE key = 'published') > (SELECT value FROM meta WHERE key = 'head')",
     "more alerts count as sent than there are"},
    {"SELECT count(*) FROM (SELECT channel, max(cseq) AS newest FROM alerts GROUP BY channel) "
     "LEFT JOIN channels ON name = channel WHERE head IS NULL OR head < newest",
     "watchlists have alerts above their newest number"},
    {"SELECT count(*) FROM articles WHERE id NOT IN (SELECT id FROM items)", "articles belong to no item"},
    {"SELECT count(*) FROM item_keys WHERE item NOT IN (SELECT id FROM items)", "keys belong to no item"},
    {"SELECT count(*) FROM articles WHERE id NOT IN (SELECT id FROM articles_text_docsize)",
     "articles are missing in the full-text index"},
    {"SELECT count(*) FROM articles_text_docsize WHERE id NOT IN (SELECT id FROM articles)",
     "entries of the full-text index belong to no article"},
};

/// Runs one part of the check; a failure of SQLite is a finding like others.
template <class Work>
void part(StoreReport& report, std::string_view name, const Work& work) {
  try {
    work();
  } catch (const DbError& error) {
    (is_damage(error) ? report.problems : report.unreadable).push_back(fmt::format("{}: {}", name, error.what()));
  }
}

void check_pages(Database& db, StoreReport& report) {
  Query query = db.query("PRAGMA integrity_check(100)");
  while (query.step()) {
    const std::string row = query.text(0);
    if (row == "ok") return;
    each_line(row, [&](std::string_view line) {
      if (line.starts_with("***")) return;
      (read_failure(line) == 0 ? report.problems : report.unreadable).emplace_back(line);
    });
  }
}

void check_foreign_keys(Database& db, StoreReport& report) {
  Query query = db.query("PRAGMA foreign_key_check");
  while (query.step()) {
    report.problems.push_back(fmt::format("row {} of {} refers to a row of {} that does not exist", query.number(1),
                                          query.text(0), query.text(2)));
  }
}

void count_rows(Database& db, StoreReport& report) {
  Query query = db.query(
      "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM alerts), "
      "(SELECT value FROM meta WHERE key = 'head'), (SELECT value FROM meta WHERE key = 'log_id')");
  query.step();
  report.articles = static_cast<std::uint64_t>(query.number(0));
  report.alerts = static_cast<std::uint64_t>(query.number(1));
  report.head = static_cast<std::uint64_t>(query.number(2));
  report.log_id = to_hex(query.id(3));
}

void check_rules(Database& db, StoreReport& report) {
  for (const Rule& rule : kRules) {
    part(report, rule.problem, [&] {
      Query query = db.query(rule.count);
      query.step();
      if (query.number(0) != 0) report.problems.push_back(fmt::format("{} {}", query.number(0), rule.problem));
    });
  }
}

void check_all(Database& db, StoreReport& report) {
  part(report, "the schema", [&] { report.schema = schema_version(db); });
  part(report, "the pages", [&] { check_pages(db, report); });
  part(report, "references", [&] { check_foreign_keys(db, report); });
  if (report.schema != kSchemaVersion) {
    report.skipped.push_back(
        fmt::format("the contents of tables, because the schema is {} and this presswatch knows {}", report.schema,
                    kSchemaVersion));
    return;
  }
  part(report, "the rows", [&] { count_rows(db, report); });
  check_rules(db, report);
}

}  // namespace

StoreReport check_store(const std::string& database) {
  StoreReport report;
  try {
    report.bytes = std::filesystem::file_size(database);
    Database db(database, Access::read_only);
    const ReadTransaction snapshot(db);
    check_all(db, report);
  } catch (const DbError& error) {
    throw std::runtime_error(fmt::format("{}: {}", database, to_error(error).message));
  } catch (const std::filesystem::filesystem_error& error) {
    throw std::runtime_error(fmt::format("{}: {}", database, error.code().message()));
  }
  return report;
}

}  // namespace pw::store
