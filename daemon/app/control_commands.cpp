#include "app/control_commands.hpp"

#include "app/status.hpp"
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

json::object sources(const Components& daemon) {
  json::array list;
  for (const auto& source : daemon.pipeline.sources()) {
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
                    {"last_item", time_or_null(source.last_item)},
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
json::object watchlists(const Components& daemon) {
  json::array list;
  const Time now = daemon.clock.now();
  for (const pipeline::ListRules& rules : daemon.pipeline.watchlists().rules()) {
    const store::WatchlistCounts counts = daemon.pipeline.watchlist_stats().of(rules.id);
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
json::object addresses(const Components& daemon) {
  const config::MainSettings& settings = daemon.reloader.started_with();
  return {{"pid", ::getpid()},
          {"state", settings.daemon.state.string()},
          {"control", settings.daemon.control.string()},
          {"live", daemon.bus.live_endpoint()},
          {"log", daemon.bus.log_endpoint()},
          {"websub", settings.websub.on() ? settings.websub.listen : ""}};
}

/// {"sources": [ID, …]}: polls them now. If any id is unknown or disabled, returns an error and polls none.
json::object fetch_now(const json::object& request, const Components& daemon) {
  const json::value* list = request.if_contains("sources");
  if (list == nullptr || !list->is_array() || list->get_array().empty()) {
    return {{"error", "\"sources\" must list the ids of the sources to poll"}};
  }
  std::vector<std::string> ids;
  for (const json::value& one : list->get_array()) {
    const std::string id = one.is_string() ? std::string(one.get_string()) : "";
    if (!daemon.pipeline.may_ask(id)) {
      return {{"error", fmt::format("there is no enabled source \"{}\"; nothing is polled", printable(id, 100))}};
    }
    ids.push_back(id);
  }
  for (const std::string& id : ids) daemon.pipeline.ask_now(id);
  return {{"ok", true}};
}

json::object to_json(const ReloadResult& result) {
  if (!result.problem.empty()) return {{"error", result.problem}, {"invalid", result.is_invalid}};
  json::object out{{"ok", true}};
  if (!result.restart_needed.empty()) out["restart_needed"] = json::value_from(result.restart_needed);
  return out;
}

}  // namespace

boost::asio::awaitable<json::object> control_command(json::object request, Components daemon) {
  const std::string_view name = text_member(request, "cmd");
  if (name == "status") co_return status(daemon);
  if (name == "sources") co_return sources(daemon);
  if (name == "watchlists") co_return watchlists(daemon);
  if (name == "addresses") co_return addresses(daemon);
  if (name == "fetch") co_return fetch_now(request, daemon);
  if (name == "reload") {
    const ReloadResult result = co_await daemon.reloader.reload();
    co_return to_json(result);
  }
  co_return json::object{
      {"error", "unknown command; there are status, sources, watchlists, addresses, fetch and reload"}};
}

}  // namespace pw::app
