#include "cli/match_command.hpp"

#include "match/match.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace pw::cli {
namespace {

namespace json = boost::json;

std::vector<json::object> read_lines(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) throw std::runtime_error("cannot open " + file.string());
  std::vector<json::object> out;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    boost::system::error_code error;
    const json::value value = json::parse(line, error);
    if (error || !value.is_object() || !value.get_object().contains("id")) {
      throw std::runtime_error(fmt::format("{}:{}: not a JSON object with an \"id\"", file.string(), number));
    }
    out.push_back(value.get_object());
  }
  return out;
}

std::string text(const json::object& row, std::string_view key) {
  const json::value* value = row.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->get_string()) : "";
}

struct Doc {
  std::string title;
  std::string body;
  std::vector<std::size_t> found;
};

}  // namespace

int run_match(const std::filesystem::path& queries, const std::filesystem::path& docs, bool timing, unsigned threads) {
  const auto started = std::chrono::steady_clock::now();
  const auto seconds_since = [](std::chrono::steady_clock::time_point from) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
  };
  std::vector<match::Watchlist> lists;
  for (const json::object& row : read_lines(queries)) {
    match::Watchlist list;
    list.id = text(row, "id");
    list.query = text(row, "query");
    lists.push_back(std::move(list));
  }
  const auto set = match::WatchlistSet::compile(lists);
  if (!set) {
    std::cerr << queries.string() << ": " << set.error().message << '\n';
    return 1;
  }
  const double built = seconds_since(started);

  const auto rows = read_lines(docs);
  std::vector<Doc> work;
  work.reserve(rows.size());
  for (const json::object& row : rows) work.push_back({text(row, "title"), text(row, "text"), {}});
  const auto matching = std::chrono::steady_clock::now();
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    match::Matcher matcher(*set);
    for (std::size_t i = next++; i < work.size(); i = next++) {
      match::Document document;
      document.title = work[i].title;
      document.text = work[i].body;
      work[i].found = matcher.match_ids(document);
    }
  };
  std::vector<std::thread> pool;
  for (unsigned i = 1; i < std::clamp(threads, 1U, 64U); ++i) pool.emplace_back(run);
  run();
  for (std::thread& thread : pool) thread.join();
  const double matched = seconds_since(matching);

  for (std::size_t i = 0; i < rows.size(); ++i) {
    json::array ids;
    for (const std::size_t index : work[i].found) ids.emplace_back(lists[index].id);
    std::cout << json::serialize(json::object{{"doc", rows[i].at("id")}, {"queries", std::move(ids)}}) << '\n';
  }
  if (timing) {
    std::cerr << fmt::format("{} queries built in {:.3f} s; {} documents matched in {:.3f} s: {:.1f} us each\n",
                             lists.size(), built, work.size(), matched,
                             matched * 1e6 / static_cast<double>(std::max<std::size_t>(work.size(), 1)));
  }
  return 0;
}

}  // namespace pw::cli
