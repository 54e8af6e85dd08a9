#include "cli/status_screen.hpp"

#include "core/json/json_member.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace pw::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kWidth = 80;
constexpr std::size_t kLabel = 12;

/// Appends text in lines of at most kWidth characters, each of which takes a column; the first begins after `first`,
/// the others are indented as much.
void append_wrapped(std::string& out, std::string_view first, const std::string& text) {
  out += first;
  const std::size_t indent = code_points(first);
  std::size_t used = indent;
  std::string_view rest = text;
  while (!rest.empty()) {
    std::string_view word = rest.substr(0, rest.find(' '));
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
    while (!word.empty()) {
      const bool begins = used == indent;
      if (!begins && used + 1 + code_points(word) > kWidth) {
        out += '\n' + std::string(indent, ' ');
        used = indent;
        continue;
      }
      const std::string_view part = begins ? utf8_prefix(word, kWidth - used) : word;
      if (!begins) out += ' ';
      out += part;
      used += code_points(part) + (begins ? 0 : 1);
      word.remove_prefix(part.size());
    }
  }
  out += '\n';
}

void append_row(std::string& out, std::string_view label, const std::string& text) {
  append_wrapped(out, fmt::format("{:<{}}", label, kLabel), text);
}

std::uint64_t count(const json::object& in, std::string_view key) { return count_member(in, key).value_or(0); }

std::int64_t number(const json::object& in, std::string_view key) {
  const json::value* value = in.if_contains(key);
  if (value == nullptr) return 0;
  if (value->is_int64()) return value->get_int64();
  return value->is_uint64() ? static_cast<std::int64_t>(value->get_uint64()) : 0;
}

bool is_true(const json::object& in, std::string_view key) {
  const json::value* value = in.if_contains(key);
  return value != nullptr && value->is_bool() && value->get_bool();
}

std::string text(const json::object& in, std::string_view key) { return printable(text_member(in, key), 1000); }

std::string size_text(std::uint64_t bytes) {
  constexpr std::array kUnits{"B", "KiB", "MiB", "GiB", "TiB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 1024 && unit + 1 < kUnits.size(); ++unit) value /= 1024;
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", value, kUnits[unit]);
}

std::string share_text(std::uint64_t part, std::uint64_t all) {
  return fmt::format("{} %", all == 0 ? 0 : (100 * part + all / 2) / all);
}

/// In days and hours, hours and minutes, or minutes and seconds: what people want to know.
std::string span_text(std::int64_t ms) {
  using namespace std::chrono;
  const milliseconds span{ms};
  if (span >= days{1}) return to_string(floor<hours>(span));
  if (span >= hours{1}) return to_string(floor<minutes>(span));
  return span >= seconds{1} ? to_string(floor<seconds>(span)) : to_string(span);
}

std::string minute_of(std::string_view iso) {
  std::string out(iso.substr(0, 16));
  if (out.size() == 16) out[10] = ' ';
  return printable(out) + " UTC";
}

void append_attention(std::string& out, const json::object& status) {
  const json::array* list = array_member(status, "attention");
  const std::size_t things = list != nullptr ? list->size() : 0;
  const std::string version = text(status, "version");
  if (things == 0) {
    out += fmt::format("presswatch {} works, and nothing needs a person.\n\n", version);
    return;
  }
  out += fmt::format("presswatch {}: {} a person.\n\n", version,
                     things == 1 ? "one thing needs" : fmt::format("{} things need", things));
  for (const json::value& one : *list) {
    if (!one.is_object()) continue;
    const json::object& thing = one.get_object();
    append_wrapped(out, text(thing, "severity") == "critical" ? "!! " : "!  ", text(thing, "what"));
    append_wrapped(out, "   ", text(thing, "advice"));
  }
  out += '\n';
}

std::string sources_text(const json::object& status) {
  std::string out = fmt::format("{}", count(status, "sources"));
  const json::object* states = object_member(status, "sources_by_state");
  if (states == nullptr) return out;
  std::vector<std::string> each;
  for (const auto& [state, value] : *states) {
    each.push_back(fmt::format("{} {}", count(*states, state), printable(std::string_view(state))));
  }
  return each.empty() ? out : out + ": " + fmt::format("{}", fmt::join(each, ", "));
}

std::string watchlists_text(const json::object& status) {
  std::string out = fmt::format("{}", count(status, "watchlists"));
  if (const auto muted = count(status, "watchlists_muted"); muted > 0) out += fmt::format(", {} muted", muted);
  if (const auto quiet = count(status, "watchlists_quiet"); quiet > 0) {
    out += fmt::format(", {} outside their active hours", quiet);
  }
  if (const auto muted = count(status, "matches_muted"); muted > 0) out += fmt::format("; {} matches muted", muted);
  if (const auto undecided = count(status, "matches_undecided"); undecided > 0) {
    out += fmt::format("; {} matches undecided", undecided);
  }
  return out;
}

std::string alerts_text(const json::object& status) {
  std::string out = fmt::format("{} since the start", count(status, "alerts"));
  if (status.contains("last_alert")) out += ", the last one at " + minute_of(text_member(status, "last_alert"));
  if (const auto deferred = count(status, "alerts_deferred"); deferred > 0) {
    out += fmt::format("; {} {} for active hours", deferred, deferred == 1 ? "waits" : "wait");
  }
  return out;
}

std::string fetches_text(const json::object& fetch) {
  const std::uint64_t all = count(fetch, "requests");
  return fmt::format("{} since the start, {} not modified, {} failed, {}", all,
                     share_text(count(fetch, "not_modified"), all), share_text(count(fetch, "failed"), all),
                     size_text(count(fetch, "body_bytes")));
}

std::string store_text(const json::object& status) {
  std::string out = text(status, "store");
  const json::object* disk = object_member(status, "disk");
  if (disk == nullptr) return out;
  return out + fmt::format("; {} in the database, {} of {} free", size_text(count(*disk, "store_bytes")),
                           size_text(count(*disk, "free_bytes")), size_text(count(*disk, "size_bytes")));
}

std::string bus_text(const json::object& bus) {
  return fmt::format("{}; {} sent, {} connected to LIVE, {} to LOG", text(bus, "state"), count(bus, "sent"),
                     count(bus, "live_connections"), count(bus, "log_connections"));
}

std::string clock_text(const json::object& clock) {
  std::string out = text(clock, "now");
  if (!is_true(clock, "trusted")) out += fmt::format(", in doubt: {} was expected", text(clock, "expected"));
  if (clock.contains("synchronised")) {
    out += is_true(clock, "synchronised") ? ", synchronised" : ", not synchronised by a time service";
  }
  if (clock.contains("behind_ms")) {
    const std::int64_t behind = number(clock, "behind_ms");
    out += fmt::format(", {} {} {} web servers", span_text(std::abs(behind)), behind >= 0 ? "behind" : "ahead of",
                       count(clock, "compared_with"));
  }
  if (const auto steps = count(clock, "steps"); steps > 0) {
    out += fmt::format("; it was set {} since the start: {}", steps == 1 ? "once" : fmt::format("{} times", steps),
                       text(clock, "last_step"));
  }
  return out;
}

std::string loop_text(const json::object& loop) {
  return fmt::format("blocked for {} at most, {} in the last minutes", span_text(number(loop, "longest_stall_ms")),
                     span_text(number(loop, "recent_stall_ms")));
}

std::string pool_text(const json::object& pool) {
  return fmt::format("{} tasks with {}, {} wait for room", count(pool, "tasks"), size_text(count(pool, "bytes")),
                     count(pool, "waiting"));
}

std::string plugins_text(const json::array& unconfined) {
  std::vector<std::string> names;
  for (const json::value& one : unconfined) {
    if (one.is_string()) names.push_back(printable(std::string_view(one.get_string())));
  }
  return fmt::format("not confined: {}", fmt::join(names, ", "));
}

}  // namespace

std::string status_screen(const json::object& status) {
  std::string out;
  append_attention(out, status);
  append_row(out, "running",
             fmt::format("since {}, for {}", minute_of(text_member(status, "started")),
                         span_text(number(status, "uptime_ms"))));
  append_row(out, "sources", sources_text(status));
  append_row(out, "watchlists", watchlists_text(status));
  append_row(out, "alerts", alerts_text(status));
  const auto row = [&](std::string_view label, std::string_view key, auto&& write) {
    if (const json::object* part = object_member(status, key)) append_row(out, label, write(*part));
  };
  row("fetches", "fetch", fetches_text);
  append_row(out, "store", store_text(status));
  append_row(out, "retention", text(status, "retention"));
  row("bus", "bus", bus_text);
  row("clock", "clock", clock_text);
  row("loop", "loop", loop_text);
  row("pool", "pool", pool_text);
  const json::array* unconfined = array_member(status, "unconfined_plugins");
  if (unconfined != nullptr && !unconfined->empty()) append_row(out, "plugins", plugins_text(*unconfined));
  const std::string metrics = text(status, "metrics");
  append_row(out, "metrics", metrics.empty() ? "off (metrics.listen)" : metrics);
  return out;
}

}  // namespace pw::cli
