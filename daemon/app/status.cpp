#include "app/status.hpp"

#include "pipeline/alert_policy.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>
#include <spdlog/fmt/fmt.h>

#include <string_view>
#include <utility>

namespace pw::app {

namespace {

namespace json = boost::json;

/// Packages whose code runs with all privileges of the daemon.
json::array unconfined_plugins(const source::Registry& registry) {
  json::array out;
  for (const auto& plugin : registry.plugins()) {
    if (plugin->runs_unconfined()) out.emplace_back(plugin->name);
  }
  return out;
}

/// The state of the wall clock, any step since the start, and the comparison with web servers.
json::object clock_status(const AttentionInput& input, std::size_t hosts) {
  const ClockCheck::State& clock = input.clock;
  json::object out{{"now", to_iso8601(clock.now)}, {"trusted", clock.trusted}, {"steps", clock.steps}};
  if (!clock.trusted) out["expected"] = to_iso8601(clock.believed);
  if (clock.last_step) out["last_step"] = to_string(*clock.last_step);
  if (input.clock_behind) {
    out["behind_ms"] = input.clock_behind->count();
    out["compared_with"] = hosts;
  }
  return out;
}

std::string retention_status(const store::Store& store, const ClockCheck::State& clock) {
  if (!store.forgets()) return "off: everything is kept";
  if (clock.trusted) return "on";
  return fmt::format(
      "paused: the clock is in doubt; it resumes when the clock is right, or has kept this time for {} more",
      to_string(std::chrono::floor<std::chrono::seconds>(clock.confirmed_in)));
}

/// How long the event loop was blocked, and how long it computed meanwhile: at most since the start; and in the last
/// minute or two.
json::object loop_status(const runtime::LoopStalls& stalls) {
  const runtime::Stall longest = stalls.longest();
  return {{"longest_stall_ms", longest.lasted.count()},
          {"longest_stall_cpu_ms", longest.cpu.count()},
          {"most_cpu_ms", stalls.most_cpu().count()},
          {"recent_stall_ms", stalls.recent().lasted.count()}};
}

/// What is in the pool, and how many wait because it is full.
json::object pool_status(const runtime::Pool::Load& load) {
  return {{"tasks", load.tasks}, {"bytes", load.bytes}, {"waiting", load.waiting}};
}

json::object disk_status(const DiskFigures& disk) {
  return {
      {"free_bytes", disk.free}, {"size_bytes", disk.size}, {"store_bytes", disk.database}, {"wal_bytes", disk.wal}};
}

json::object bus_status(const bus::BusStats& bus) {
  return {{"sent", bus.sent},
          {"requests", bus.requests},
          {"busy", bus.busy},
          {"closed", bus.closed},
          {"live_connections", bus.live_connections},
          {"log_connections", bus.log_connections},
          {"subscriptions", bus.subscriptions},
          {"state", bus_trouble(bus.overdue).value_or("ok")}};
}

json::object fetch_status(const fetch::FetchStats& fetched) {
  return {{"requests", fetched.requests},
          {"not_modified", fetched.not_modified},
          {"failed", fetched.failed},
          {"refused", fetched.refused},
          {"body_bytes", fetched.body_bytes}};
}

json::array attention_status(const AttentionInput& input) {
  json::array out;
  for (const Attention& one : needs_attention(input)) {
    out.push_back({{"severity", one.severity == Severity::critical ? "critical" : "warning"},
                   {"about", one.about},
                   {"what", one.what},
                   {"advice", one.advice}});
  }
  return out;
}

struct ListCounts {
  std::size_t muted = 0;
  std::size_t quiet = 0;
};

ListCounts count_lists(const pipeline::Watchlists& lists, Time now) {
  ListCounts out;
  for (const pipeline::ListRules& rules : lists.rules()) {
    const std::string_view activity = pipeline::activity(rules, now);
    out.muted += activity == "muted" ? 1 : 0;
    out.quiet += activity == "quiet" ? 1 : 0;
  }
  return out;
}

}  // namespace

AttentionInput attention_input(const Components& daemon) {
  AttentionInput out;
  out.store_trouble = daemon.store.trouble();
  out.bus_overdue = daemon.bus.stats().overdue;
  out.disk = daemon.disk.last();
  out.clock = daemon.store.clock_check().look();
  out.clock_behind = daemon.pipeline.server_clocks().behind(daemon.clock.now(), daemon.clock.steady());
  out.sources = daemon.pipeline.overview();
  out.reload_problem = daemon.reloader.last_problem();
  return out;
}

std::vector<std::string> not_ready(const Components& daemon) {
  std::vector<std::string> out;
  if (!daemon.polling) out.emplace_back("the daemon is starting or stopping");
  if (const auto trouble = daemon.store.trouble()) out.push_back("nothing can be stored: " + *trouble);
  if (auto trouble = bus_trouble(daemon.bus.stats().overdue)) out.push_back(std::move(*trouble));
  return out;
}

json::object status(const Components& daemon) {
  const AttentionInput input = attention_input(daemon);
  const auto& counters = daemon.pipeline.counters();
  const auto& stats = daemon.pipeline.watchlist_stats();
  const auto& lists = daemon.pipeline.watchlists();
  const ListCounts counted = count_lists(lists, daemon.clock.now());
  const auto uptime = std::chrono::duration_cast<Milliseconds>(daemon.clock.steady() - daemon.started_steady);
  json::object out{{"version", PW_VERSION},
                   {"started", to_iso8601(daemon.started)},
                   {"uptime_ms", uptime.count()},
                   {"attention", attention_status(input)},
                   {"clock", clock_status(input, daemon.pipeline.server_clocks().hosts())},
                   {"disk", disk_status(input.disk)},
                   {"loop", loop_status(daemon.stalls)},
                   {"pool", pool_status(daemon.pool.load())},
                   {"retention", retention_status(daemon.store, input.clock)},
                   {"sources", daemon.pipeline.source_count()},
                   {"sources_failing", input.sources.failing},
                   {"sources_by_state", json::value_from(input.sources.states)},
                   {"unconfined_plugins", unconfined_plugins(daemon.reloader.current()->registry)},
                   {"watchlists", lists.size()},
                   {"watchlists_muted", counted.muted},
                   {"watchlists_quiet", counted.quiet},
                   {"alerts_deferred", stats.deferred()},
                   {"matches_muted", stats.muted()},
                   {"polls", counters.polls},
                   {"pages", counters.pages},
                   {"items", counters.items},
                   {"items_too_old", counters.too_old},
                   {"store", input.store_trouble.value_or("ok")},
                   {"store_check", daemon.store.check_report()},
                   {"alerts", counters.alerts},
                   {"matches_undecided", counters.undecided},
                   {"published_seq", daemon.store.published_seq()},
                   {"fetch", fetch_status(daemon.fetcher.stats())},
                   {"bus", bus_status(daemon.bus.stats())},
                   {"metrics", daemon.metrics_address}};
  if (const Time last = stats.last_alert(); last != Time{}) out["last_alert"] = to_iso8601(last);
  return out;
}

}  // namespace pw::app
