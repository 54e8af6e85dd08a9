#include "app/control_commands.hpp"

#include "core/json/json_member.hpp"
#include "core/text.hpp"
#include "pipeline/alert_policy.hpp"

#include <boost/json/array.hpp>
#include <boost/json/value_from.hpp>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <string_view>

namespace pw::app {
namespace {

namespace json = boost::json;

json::value time_or_null(Time time) {
  if (time == Time{}) return nullptr;
  return json::string(to_iso8601(time));
}

/// Packages whose code runs with all privileges of the daemon.
json::array unconfined_plugins(const source::Registry& registry) {
  json::array out;
  for (const auto& plugin : registry.plugins()) {
    if (plugin->runs_unconfined()) out.emplace_back(plugin->name);
  }
  return out;
}

/// The state of the wall clock, and any step since the start.
json::object clock_status(const ClockCheck::State& clock) {
  json::object out{{"now", to_iso8601(clock.now)}, {"trusted", clock.trusted}, {"steps", clock.steps}};
  if (!clock.trusted) out["expected"] = to_iso8601(clock.believed);
  if (clock.last_step) out["last_step"] = to_string(*clock.last_step);
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

json::object status(const ControlDependencies& deps) {
  const ClockCheck::State clock = deps.store.clock_check().look();
  const auto& counters = deps.pipeline.counters();
  const auto fetched = deps.fetcher.stats();
  const auto bus = deps.bus.stats();
  const auto sources = deps.pipeline.sources();
  std::size_t failing = 0;
  for (const auto& source : sources) failing += source.failures > 0 ? 1 : 0;
  const auto& lists = deps.pipeline.watchlists();
  const Time now = deps.clock.now();
  const auto uptime = std::chrono::duration_cast<Milliseconds>(deps.clock.steady() - deps.started_steady);
  std::size_t muted = 0;
  std::size_t quiet = 0;
  for (const pipeline::ListRules& rules : lists.rules()) {
    const std::string_view activity = pipeline::activity(rules, now);
    muted += activity == "muted" ? 1 : 0;
    quiet += activity == "quiet" ? 1 : 0;
  }
  return {{"version", PW_VERSION},
          {"started", to_iso8601(deps.started)},
          {"uptime_ms", uptime.count()},
          {"clock", clock_status(clock)},
          {"loop", loop_status(deps.stalls)},
          {"pool", pool_status(deps.pool.load())},
          {"retention", retention_status(deps.store, clock)},
          {"sources", sources.size()},
          {"sources_failing", failing},
          {"unconfined_plugins", unconfined_plugins(deps.reloader.current()->registry)},
          {"watchlists", lists.size()},
          {"watchlists_muted", muted},
          {"watchlists_quiet", quiet},
          {"alerts_deferred", deps.pipeline.watchlist_stats().deferred()},
          {"matches_muted", deps.pipeline.watchlist_stats().muted()},
          {"polls", counters.polls},
          {"pages", counters.pages},
          {"items", counters.items},
          {"items_too_old", counters.too_old},
          {"store", deps.store.trouble().value_or("ok")},
          {"store_check", deps.store.check_report()},
          {"alerts", counters.alerts},
          {"matches_undecided", counters.undecided},
          {"published_seq", deps.store.published_seq()},
          {"fetch",
           {{"requests", fetched.requests},
            {"not_modified", fetched.not_modified},
            {"failed", fetched.failed},
            {"refused", fetched.refused},
            {"body_bytes", fetched.body_bytes}}},
          {"bus", {{"sent", bus.sent}, {"requests", bus.requests}, {"busy", bus.busy}, {"closed", bus.closed}}}};
}

json::object sources(const ControlDependencies& deps) {
  json::array list;
  for (const auto& source : deps.pipeline.sources()) {
    list.push_back({{"id", source.id},
                    {"plugin", source.plugin},
                    {"name", source.name},
                    {"enabled", source.enabled},
                    {"state", source.state},
                    {"reason", printable(source.reason)},
                    {"failures", source.failures},
                    {"items", source.items},
                    {"alerts", source.alerts},
                    {"since", time_or_null(source.since)},
                    {"polls", source.polls},
                    {"not_modified", source.not_modified},
                    {"failed", source.failed},
                    {"interval_ms", source.interval.count()},
                    {"moved_to", printable(source.moved_to)},
                    {"last_ok", time_or_null(source.last_ok)},
                    {"next_due", time_or_null(source.next_due)}});
  }
  return {{"sources", std::move(list)}};
}

/// What the daemon knows about its watchlists beyond their files.
json::object watchlists(const ControlDependencies& deps) {
  json::array list;
  const Time now = deps.clock.now();
  for (const pipeline::ListRules& rules : deps.pipeline.watchlists().rules()) {
    const store::WatchlistCounts counts = deps.pipeline.watchlist_stats().of(rules.id);
    list.push_back({{"id", rules.id},
                    {"state", pipeline::activity(rules, now)},
                    {"alerts", counts.alerts},
                    {"last", time_or_null(counts.last)},
                    {"deferred", counts.deferred},
                    {"muted", counts.muted},
                    {"below_threshold", counts.below_threshold}});
  }
  return {{"watchlists", std::move(list)}};
}

/// What this process holds, so that others can tell it from a stranger.
json::object addresses(const ControlDependencies& deps) {
  const config::MainSettings& settings = deps.reloader.started_with();
  return {{"pid", ::getpid()},
          {"state", settings.daemon.state.string()},
          {"control", settings.daemon.control.string()},
          {"live", deps.bus.live_endpoint()},
          {"log", deps.bus.log_endpoint()},
          {"websub", settings.websub.on() ? settings.websub.listen : ""}};
}

/// {"sources": [ID, …]}: polls them now. If any id is unknown or disabled, returns an error and polls none.
json::object fetch_now(const json::object& request, const ControlDependencies& deps) {
  const json::value* list = request.if_contains("sources");
  if (list == nullptr || !list->is_array() || list->get_array().empty()) {
    return {{"error", "\"sources\" must list the ids of the sources to poll"}};
  }
  std::vector<std::string> ids;
  for (const json::value& one : list->get_array()) {
    const std::string id = one.is_string() ? std::string(one.get_string()) : "";
    if (!deps.pipeline.may_ask(id)) {
      return {{"error", fmt::format("there is no enabled source \"{}\"; nothing is polled", printable(id, 100))}};
    }
    ids.push_back(id);
  }
  for (const std::string& id : ids) deps.pipeline.ask_now(id);
  return {{"ok", true}};
}

json::object to_json(const ReloadResult& result) {
  if (!result.problem.empty()) return {{"error", result.problem}, {"invalid", result.is_invalid}};
  json::object out{{"ok", true}};
  if (!result.restart_needed.empty()) out["restart_needed"] = json::value_from(result.restart_needed);
  return out;
}

}  // namespace

boost::asio::awaitable<json::object> control_command(json::object request, ControlDependencies deps) {
  const std::string_view name = text_member(request, "cmd");
  if (name == "status") co_return status(deps);
  if (name == "sources") co_return sources(deps);
  if (name == "watchlists") co_return watchlists(deps);
  if (name == "addresses") co_return addresses(deps);
  if (name == "fetch") co_return fetch_now(request, deps);
  if (name == "reload") {
    const ReloadResult result = co_await deps.reloader.reload();
    co_return to_json(result);
  }
  co_return json::object{
      {"error", "unknown command; there are status, sources, watchlists, addresses, fetch and reload"}};
}

}  // namespace pw::app
