#include "bus/subscriber.hpp"
#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/endpoints.hpp"
#include "cli/highlight.hpp"
#include "cli/table.hpp"
#include "cli/verb.hpp"
#include "core/json/json_member.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <charconv>
#include <csignal>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::cli {
namespace {

namespace json = boost::json;

struct TailOptions {
  std::string config;  ///< of the daemon; empty: the default one
  std::string live;
  std::string log;
  std::string watchlist;  ///< one watchlist; empty: all
  std::string since;      ///< a duration: start with alerts of that age; empty: only new alerts
  bool json = false;
  bool no_colour = false;
  std::string count;  ///< stop after this many alerts; empty: never
};

constexpr std::size_t kMostCounted = 1'000'000'000;

// A signal handler can only access globals.
bus::Subscriber* running = nullptr;

void on_signal(int /*signal*/) {
  if (running != nullptr) running->stop();
}

const json::object& part(const json::object& in, std::string_view key) {
  static const json::object none;
  const json::object* found = object_member(in, key);
  return found != nullptr ? *found : none;
}

std::size_t number(const json::object& in, std::string_view key) { return count_member(in, key).value_or(0); }

struct Marks {
  std::vector<std::pair<std::size_t, std::size_t>> title;
  std::vector<std::string> words;
};

Marks marks_of(const json::object& alert) {
  Marks out;
  const json::array* matches = array_member(alert, "matches");
  if (matches == nullptr) return out;
  for (const json::value& one : *matches) {
    if (!one.is_object()) continue;
    const json::object& match = one.get_object();
    out.words.emplace_back(text_member(match, "matched"));
    if (text_member(match, "field") == "title") out.title.emplace_back(number(match, "begin"), number(match, "end"));
  }
  return out;
}

/// The effect of the watchlist's active hours on the alert.
std::string remark(const json::object& alert) {
  const json::value* quiet = alert.if_contains("quiet");
  if (quiet != nullptr && quiet->is_bool() && quiet->get_bool()) return ", quiet";
  const std::string_view deferred = text_member(alert, "deferredSinceMs");
  std::int64_t since = 0;
  const bool number = std::from_chars(deferred.data(), deferred.data() + deferred.size(), since).ec == std::errc{};
  return number ? ", deferred since " + short_time(to_iso8601(from_ms(since))) : "";
}

void print(const bus::Delivery& delivery, const json::object& alert, const Palette& palette) {
  const json::object& list = part(alert, "watchlist");
  const json::object& article = part(alert, "article");
  const Marks marks = marks_of(alert);
  const std::string time = to_iso8601(from_ms(delivery.header.time_ms)).substr(11, 8);
  const std::string_view importance = text_member(list, "priority") == "high" ? palette.high : palette.bold;
  std::cout << fmt::format("{}{}{} {}{}{} {}{}{}{}\n", palette.dim, time, palette.reset, importance,
                           printable(text_member(list, "title")), palette.reset, palette.dim,
                           printable(text_member(part(alert, "source"), "name")), remark(alert), palette.reset);
  std::cout << "  " << highlight(text_member(article, "title"), marks.title, palette, palette.bold) << '\n';
  const std::string_view sentence = text_member(alert, "sentence");
  if (sentence != text_member(article, "title")) {
    std::cout << "  " << highlight(sentence, find_words(sentence, marks.words), palette) << '\n';
  }
  std::cout << "  " << palette.dim << printable(text_member(article, "url")) << palette.reset << "\n\n" << std::flush;
}

/// The number that the text is; 0 if it is none, or out of range.
std::size_t count_of(std::string_view text) {
  std::size_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && out <= kMostCounted ? out : 0;
}

bus::SubscriberSettings to_settings(const TailOptions& options) {
  bus::SubscriberSettings out;
  out.live = options.live;
  out.log = options.log;
  out.channel = options.watchlist;
  if (!options.since.empty()) out.since = SystemClock().now() - *parse_duration(options.since);
  return out;
}

/// Takes addresses not given on the command line from the configuration.
void find_endpoints(TailOptions& options) {
  if (!options.live.empty() && !options.log.empty()) return;
  const BusEndpoints daemon = find_bus(options.config);
  warn_of_mistakes(options.config);
  if (options.live.empty()) options.live = daemon.live;
  if (options.log.empty()) options.log = daemon.log;
}

/// Prints alerts on stdout until interrupted.
int run_tail(const TailOptions& options) {
  if (!options.since.empty() && !parse_duration(options.since)) {
    std::cerr << "presswatch: --since wants a duration such as 30m, 2h or 7d\n";
    return kExitUsage;
  }
  const std::size_t wanted = options.count.empty() ? 0 : count_of(options.count);
  if (wanted == 0 && !options.count.empty()) {
    std::cerr << fmt::format("presswatch: --count wants a number of alerts from 1 to {}\n", kMostCounted);
    return kExitUsage;
  }
  const Palette palette(terminal_has_colour() && !options.no_colour);
  std::size_t shown = 0;
  const auto on_alert = [&](const bus::Delivery& delivery) {
    if (options.json) {
      std::cout << delivery.body << '\n' << std::flush;
    } else {
      boost::system::error_code error;
      const json::value alert = json::parse(delivery.body, error);
      if (!error && alert.is_object()) print(delivery, alert.get_object(), palette);
    }
    return ++shown != wanted;
  };
  const auto on_notice = [](const std::string& line) { std::cerr << "presswatch: " << line << '\n'; };
  bus::Subscriber subscriber(to_settings(options), on_alert, on_notice);
  running = &subscriber;
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  subscriber.run();
  running = nullptr;
  return kExitOk;
}

}  // namespace

Run tail_verb(Arguments& arguments) {
  auto in = std::make_shared<TailOptions>();
  arguments.add("-c,--config", &in->config, "the configuration of the daemon to follow");
  arguments.add("--live", &in->live, "its LIVE endpoint (default: from the configuration)");
  arguments.add("--log", &in->log, "its LOG endpoint (default: from the configuration)");
  arguments.add("--watchlist,--topic", &in->watchlist, "only the alerts of this watchlist");
  arguments.add("--since", &in->since, "start with the alerts of the last 2h, 7d, …");
  arguments.add("--count", &in->count, "end after so many alerts, 1 or more");
  arguments.add("--json", &in->json, "one JSON object a line");
  take_no_colour(arguments, in->no_colour);
  return [in] {
    find_endpoints(*in);
    return run_tail(*in);
  };
}

}  // namespace pw::cli
