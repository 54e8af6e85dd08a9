#include "cli/commands.hpp"
#include "cli/endpoints.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"
#include "store/store_report.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_from.hpp>
#include <spdlog/fmt/fmt.h>

#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pw::cli {
namespace {

struct CheckInput {
  std::string file;
  std::string config;
  bool json = false;
};

std::string_view verdict(const store::StoreReport& report) {
  if (!report.problems.empty()) return "damaged";
  return report.unreadable.empty() ? "sound" : "not checked completely";
}

void print(std::string_view heading, const std::vector<std::string>& lines) {
  for (const std::string& line : lines) std::cout << fmt::format("{}: {}\n", heading, printable(line));
}

void print_json(const std::string& file, const store::StoreReport& report) {
  namespace json = boost::json;
  std::cout << json::serialize(json::object{{"file", file},
                                            {"bytes", report.bytes},
                                            {"schema", report.schema},
                                            {"log_id", report.log_id},
                                            {"articles", report.articles},
                                            {"alerts", report.alerts},
                                            {"head", report.head},
                                            {"verdict", verdict(report)},
                                            {"problems", json::value_from(report.problems)},
                                            {"unreadable", json::value_from(report.unreadable)},
                                            {"skipped", json::value_from(report.skipped)}})
            << '\n';
}

void print_text(const std::string& file, const store::StoreReport& report) {
  constexpr double kMebibyte = 1048576;
  std::cout << fmt::format("{}: {:.1f} MiB, schema {}, {} articles, {} alerts, the newest has number {}\n", file,
                           static_cast<double>(report.bytes) / kMebibyte, report.schema, report.articles, report.alerts,
                           report.head);
  print("problem", report.problems);
  print("could not be read", report.unreadable);
  print("not checked", report.skipped);
  std::cout << fmt::format("The database is {}.\n", verdict(report));
  if (!report.problems.empty()) std::cout << "Stop the daemon and restore a backup: presswatch restore FILE\n";
}

int run(const CheckInput& in) {
  const std::string file = in.file.empty() ? find_database(in.config).string() : in.file;
  const store::StoreReport report = store::check_store(file);
  in.json ? print_json(file, report) : print_text(file, report);
  if (!report.problems.empty()) return kExitDamaged;
  return report.sound() ? kExitOk : kExitFailed;
}

}  // namespace

Run check_store_verb(Arguments& arguments) {
  auto in = std::make_shared<CheckInput>();
  arguments.add("file", &in->file, "a database or a backup (default: the database of the daemon)");
  arguments.add("-c,--config", &in->config, "the configuration of the daemon");
  arguments.add("--json", &in->json, "the report as JSON");
  arguments.footer =
      "Reads only, and may run beside the daemon. Exit codes: 0 sound, 1 it could not be checked completely,\n"
      "74 the database is damaged.";
  return [in] { return run(*in); };
}

}  // namespace pw::cli
