#include "match/match.hpp"

#include "cli/commands.hpp"
#include "cli/verb.hpp"
#include "core/json/json_member.hpp"
#include "core/thread_cpu.hpp"
#include "match/engine/frequencies.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <functional>
#include <iostream>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace pw::cli {
namespace {

namespace json = boost::json;

/// Maximum number of documents from which word frequencies are learned.
constexpr std::size_t kLearnt = 1000;

void each_line(const std::filesystem::path& file, const std::function<void(const json::object&)>& use) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot open " + file.string());
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    boost::system::error_code error;
    const json::value value = json::parse(line, error);
    if (error || !value.is_object() || !value.get_object().contains("id")) {
      throw std::runtime_error(fmt::format("{}:{}: not a JSON object with an \"id\"", file.string(), number));
    }
    use(value.get_object());
  }
}

struct Doc {
  json::value id;
  std::string title;
  std::string body;
  std::vector<std::size_t> found;
  std::size_t undecided = 0;

  [[nodiscard]] match::Document document() const {
    match::Document out;
    out.title = title;
    out.text = body;
    return out;
  }
};

/// CPU time, so that other processes do not distort it.
double thread_seconds() { return std::chrono::duration<double>(thread_cpu()).count(); }

double wall_seconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

std::vector<Doc> read_docs(const std::filesystem::path& file) {
  std::vector<Doc> docs;
  each_line(file, [&](const json::object& row) {
    docs.push_back({row.at("id"), std::string(text_member(row, "title")), std::string(text_member(row, "text")), {}});
  });
  return docs;
}

std::vector<match::Watchlist> read_queries(const std::filesystem::path& file) {
  std::vector<match::Watchlist> lists;
  each_line(file, [&](const json::object& row) {
    match::Watchlist list;
    list.id = std::string(text_member(row, "id"));
    list.query = std::string(text_member(row, "query"));
    list.may_be_never_true = true;
    lists.push_back(std::move(list));
  });
  return lists;
}

/// Matches all documents and returns the CPU seconds used by all threads together.
double match_all(const std::shared_ptr<const match::WatchlistSet>& set, std::vector<Doc>& docs, unsigned threads) {
  std::atomic<std::size_t> next = 0;
  std::atomic<std::int64_t> spent = 0;  // nanoseconds
  const auto run = [&] {
    match::Matcher matcher(set);
    const double from = thread_seconds();
    for (std::size_t i = next++; i < docs.size(); i = next++) {
      docs[i].found = matcher.match_ids(docs[i].document());
      docs[i].undecided = matcher.undecided().size();
    }
    spent += static_cast<std::int64_t>((thread_seconds() - from) * 1e9);
  };
  std::vector<std::thread> pool;
  for (unsigned i = 1; i < std::clamp(threads, 1U, 64U); ++i) pool.emplace_back(run);
  run();
  for (std::thread& thread : pool) thread.join();
  return static_cast<double>(spent) * 1e-9;
}

struct MatchOptions {
  std::filesystem::path queries;
  std::filesystem::path docs;
  bool timing = false;
  unsigned threads = 1;
};

/// Prints {"doc": id, "queries": [ids]} for each document, in order.
int run_match(const MatchOptions& options) {
  const std::vector<match::Watchlist> lists = read_queries(options.queries);
  std::vector<Doc> work = read_docs(options.docs);
  const double building = thread_seconds();
  match::Frequencies frequencies;
  for (std::size_t i = 0; i < std::min(kLearnt, work.size()); ++i) frequencies.learn(work[i].document());
  const auto set = match::WatchlistSet::compile(lists, nullptr, frequencies);
  if (!set) {
    std::cerr << options.queries.string() << ": " << set.error().message << '\n';
    return kExitFailed;
  }
  const double built = thread_seconds() - building;
  if (options.timing) match_all(*set, work, options.threads);  // warm-up, so that memory is already allocated
  const double matching = wall_seconds();
  const double spent = match_all(*set, work, options.threads);
  const double wall = wall_seconds() - matching;

  for (const Doc& doc : work) {
    json::array ids;
    for (const std::size_t index : doc.found) ids.emplace_back(lists[index].id);
    std::cout << json::serialize(json::object{{"doc", doc.id}, {"queries", std::move(ids)}}) << '\n';
  }
  for (const Doc& doc : work) {
    if (doc.undecided > 0)
      std::cerr << fmt::format("{}: {} queries given up, too many steps\n", json::serialize(doc.id), doc.undecided);
  }
  if (options.timing) {
    const auto share = [](double all, std::size_t count) {
      return all / static_cast<double>(std::max<std::size_t>(count, 1));
    };
    std::cerr << fmt::format("{} queries: built in {:.2f} s, {:.0f} bytes each\n", lists.size(), built,
                             share(static_cast<double>((*set)->bytes()), lists.size()));
    std::cerr << fmt::format("{} documents: {:.1f} us of processor time each, {:.3f} s in all\n", work.size(),
                             share(spent * 1e6, work.size()), wall);
  }
  return kExitOk;
}

}  // namespace

Run match_verb(Arguments& arguments) {
  auto in = std::make_shared<MatchOptions>();
  arguments.add("--queries", &in->queries, "lines of {\"id\", \"query\"}").required = true;
  arguments.add("--docs", &in->docs, "lines of {\"id\", \"title\", \"text\"}").required = true;
  arguments.add("--threads", &in->threads, "matching threads").shows_default = true;
  arguments.add("--timing", &in->timing, "time of the matching itself, on standard error");
  return [in] { return run_match(*in); };
}

}  // namespace pw::cli
