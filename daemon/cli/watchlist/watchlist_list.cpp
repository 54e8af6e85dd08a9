#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/control_client.hpp"
#include "cli/table.hpp"
#include "cli/verb.hpp"
#include "cli/watchlist/watchlist_edit.hpp"
#include "core/json/json_member.hpp"
#include "core/text.hpp"
#include "pipeline/alert_policy.hpp"

#include <boost/json.hpp>
#include <boost/system/system_error.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace pw::cli {
namespace {

namespace json = boost::json;
using Counts = std::map<std::string, json::object, std::less<>>;

struct ListOptions {
  std::filesystem::path config;
  std::string group;  ///< show only this group; empty: all
  bool json = false;
};

/// The daemon's counts by watchlist; nullopt when it does not answer.
std::optional<Counts> ask_counts(const std::filesystem::path& socket) {
  try {
    const json::object answer = ask_daemon("watchlists", socket);
    const json::array* lists = array_member(answer, "watchlists");
    if (lists == nullptr) return std::nullopt;
    Counts out;
    for (const json::value& one : *lists) {
      out.emplace(json::value_to<std::string>(one.at("id")), one.as_object());
    }
    return out;
  } catch (const boost::system::system_error&) {
    return std::nullopt;
  }
}

struct Activity {
  std::string state;  ///< active, muted, quiet, disabled
  std::optional<Time> until;
};

Activity activity_of(const config::WatchlistSettings& list, const pipeline::Watchlists& lists, Time now) {
  const pipeline::ListRules* rules = lists.find(list.id);
  if (rules == nullptr) return {"disabled", std::nullopt};
  const std::string state(pipeline::activity(*rules, now));
  if (state == "muted") return {state, rules->mute_until};
  if (state == "quiet") return {state, rules->hours->next_open(now)};
  return {state, std::nullopt};
}

json::object to_json(const config::WatchlistSettings& list, const Activity& activity, const json::object* counts) {
  json::object out{{"id", list.id},
                   {"title", list.title},
                   {"group", list.group},
                   {"owner", list.owner.name},
                   {"contact", list.owner.contact},
                   {"state", activity.state},
                   {"until", activity.until ? json::value(to_iso8601(*activity.until)) : nullptr},
                   {"priority", list.priority},
                   {"notes", list.notes},
                   {"file", list.place.file.string()},
                   {"line", list.place.line}};
  for (const char* key : {"alerts", "last", "deferred", "muted", "below_threshold"}) {
    out[key] = counts != nullptr ? counts->at(key) : json::value(nullptr);
  }
  return out;
}

std::string cell(const json::object& row, std::string_view key) {
  const json::value& value = row.at(key);
  if (value.is_null()) return "-";
  if (!value.is_string()) return json::serialize(value);
  const std::string text = printable(value.get_string());
  return text.empty() ? "-" : text;
}

void print_table(const json::array& rows) {
  Table table({{"WATCHLIST", Column::left, 0},
               {"STATE", Column::left, 0},
               {"UNTIL", Column::left, 4},
               {"GROUP", Column::left, 5},
               {"OWNER", Column::left, 6},
               {"ALERTS", Column::right, 1},
               {"DEFERRED", Column::right, 7},
               {"MUTED", Column::right, 8},
               {"BELOW", Column::right, 9},
               {"LAST", Column::left, 2},
               {"TITLE", Column::rest, 3}});
  for (const json::value& one : rows) {
    const json::object& row = one.as_object();
    const auto at = [&](const char* key) { return cell(row, key); };
    table.add({at("id"), at("state"), short_time(at("until")), at("group"), at("owner"), at("alerts"), at("deferred"),
               at("muted"), at("below_threshold"), short_time(at("last")), at("title")});
  }
  std::cout << table.text(terminal_width());
}

/// Lists every configured watchlist with its state and, if a daemon is running, its counts.
int run_watchlist_list(const ListOptions& options) {
  const config::Settings settings = load_settings(options.config);
  const auto lists = pipeline::compile_watchlists(settings);
  const auto counts = ask_counts(settings.daemon.control);
  const Time now = SystemClock().now();
  json::array rows;
  for (const auto& shared : settings.watchlists) {
    const config::WatchlistSettings& list = *shared;
    if (!options.group.empty() && list.group != options.group) continue;
    const auto known = counts ? counts->find(list.id) : Counts::const_iterator{};
    const bool counted = counts && known != counts->end();
    rows.push_back(to_json(list, activity_of(list, *lists, now), counted ? &known->second : nullptr));
  }
  if (options.json) {
    std::cout << json::serialize(json::object{{"daemon", counts.has_value()}, {"watchlists", std::move(rows)}}) << '\n';
    return kExitOk;
  }
  print_table(rows);
  if (!counts) std::cout << "the daemon is not running, so there are no counts\n";
  return kExitOk;
}

}  // namespace

Run watchlist_list_verb(Arguments& arguments) {
  auto in = std::make_shared<ListOptions>();
  arguments.add("--group", &in->group, "only the lists of this group");
  arguments.add("--json", &in->json, "as JSON, with notes and places");
  take_config(arguments, in->config);
  return [in] { return run_watchlist_list(*in); };
}

}  // namespace pw::cli
