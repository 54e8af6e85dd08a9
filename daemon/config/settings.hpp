#pragma once
/// What the configuration files say, as plain values. Defaults stand here and nowhere else; keys/ says what they are
/// called.

#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace pw::config {

using namespace std::chrono_literals;

struct DaemonSettings {
  std::filesystem::path state = "/var/lib/presswatch";             ///< folder of the store
  std::filesystem::path control = "/run/presswatch/control.sock";  ///< unix socket of `presswatch status`
  std::string log_level = "info";
  unsigned threads = 0;                         ///< of the pool; 0: one a core
  std::filesystem::path sources = "sources.d";  ///< folders of the other files, relative to the main file
  std::filesystem::path watchlists = "watchlists.d";
  std::filesystem::path names = "names.d";
};

struct FetchSettings {
  std::string contact;                       ///< URL or address that stands in the User-Agent
  std::string user_agent;                    ///< the whole User-Agent; empty: presswatch/VERSION (+contact)
  std::vector<std::string> allow_addresses;  ///< CIDRs that the address guard lets through
  std::string proxy;
  Milliseconds min_gap = 1s;  ///< between two requests to one host
  unsigned max_per_host = 1;  ///< connections
  unsigned max_total = 64;    ///< connections
  Milliseconds connect_timeout = 15s;
  Milliseconds timeout = 60s;                    ///< of a whole transfer
  std::size_t max_body = std::size_t{8} << 20U;  ///< decoded bytes
  bool robots = true;
};

struct ScheduleSettings {
  Milliseconds min_interval = 2min;
  Milliseconds max_interval = 6h;
  std::size_t max_items_per_poll = 200;  ///< the newest; the others are taken at the next polls
  Milliseconds max_age = 72h;            ///< an article that is older by its own date is stored, but not matched
};

struct BusSettings {
  std::string live = "tcp://127.0.0.1:7701";
  std::string log = "tcp://127.0.0.1:7702";
  Milliseconds heartbeat = 1s;
};

/// WebSub works only with both; they are read at the start, not at a reload.
struct WebSubSettings {
  std::string listen;    ///< ADDRESS:PORT of the callbacks' HTTP server
  std::string callback;  ///< the URL under which hubs reach it

  [[nodiscard]] bool on() const { return !listen.empty() && !callback.empty(); }
};

struct StoreSettings {
  Milliseconds keep_articles = 24h * 90;
  Milliseconds keep_alerts = 24h * 365;
};

struct PluginSettings {
  /// Where packages are looked for, each a folder with a plugin.toml; of two with one name the first is taken.
  std::vector<std::filesystem::path> directories = {"/usr/local/lib/presswatch/plugins", "/usr/lib/presswatch/plugins"};
  std::vector<std::string> disabled;  ///< names, of plugins.disabled
  std::filesystem::path host;         ///< presswatch-plugin-host; empty: beside the program, else in libexec
};

/// A value of a plugin's own option.
using OptionValue = std::variant<std::string, std::int64_t, bool, std::vector<std::string>, Milliseconds>;

/// The options of one source, already checked against what its plugin declares.
class Options {
 public:
  void set(std::string name, OptionValue value) { values_[std::move(name)] = std::move(value); }
  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
  /// The option's text, or `fallback` where it is not set.
  [[nodiscard]] std::string text(std::string_view name, std::string_view fallback = "") const;
  [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t fallback) const;
  [[nodiscard]] bool flag(std::string_view name, bool fallback) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
  /// All of them on a line each: equal options have equal texts, others have others.
  [[nodiscard]] std::string all_as_text() const;

  friend bool operator==(const Options&, const Options&) = default;

 private:
  std::map<std::string, OptionValue, std::less<>> values_;
};

/// Where something stands in a configuration file; line 1 is the first.
struct Place {
  std::filesystem::path file;
  std::size_t line = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

struct SourceSettings {
  std::string id;      ///< [a-z0-9._-]{1,64}, unique
  std::string plugin;  ///< "feed", "sitemap", "webpage", …
  std::string name;    ///< for people; the id where it is not given
  std::vector<std::string> tags;
  bool enabled = true;
  Milliseconds interval{0};  ///< fixed interval; 0: adaptive within the schedule's bounds
  bool fetch_pages = true;   ///< fetch the article pages, or match what the source itself carries
  Options options;
  Place place;

  friend bool operator==(const SourceSettings&, const SourceSettings&) = default;
};

/// Another way to write a name; in some languages ("he", "ar", "az", "hy") with the forms that are made of it.
struct AliasSettings {
  std::string text;
  std::string language;  ///< empty: not said

  friend bool operator==(const AliasSettings&, const AliasSettings&) = default;
};

/// A name and the aliases that a term equal to it matches as well.
struct NameSettings {
  std::string name;
  std::vector<AliasSettings> aliases;
  Place place;

  friend bool operator==(const NameSettings&, const NameSettings&) = default;
};

/// Who answers for a watchlist. Its alerts carry it, so that a subscriber can route them.
struct OwnerSettings {
  std::string name;
  std::string contact;

  friend bool operator==(const OwnerSettings&, const OwnerSettings&) = default;
};

/// When a watchlist may call somebody. What these words mean is watchlist/active_hours.hpp's to say.
struct ActiveSettings {
  std::string hours = "00:00-24:00";
  std::string days = "Mon-Sun";
  std::string timezone = "UTC";
  bool hold = true;  ///< outside: alerts wait for the next opening; else they go out at once, marked as quiet
  Place place;

  friend bool operator==(const ActiveSettings&, const ActiveSettings&) = default;
};

/// What a watchlist and its group may both say.
struct ListRules {
  OwnerSettings owner;
  std::optional<ActiveSettings> active;  ///< nothing: always
  std::optional<Time> mute_until;
  std::string priority = "normal";  ///< low, normal or high
  std::vector<std::string> languages;
  std::vector<std::string> sources;  ///< ids, or "tag:NAME"
  std::vector<std::string> fields;   ///< of "title", "lead" and "text"; empty: the whole article
  double min_score = 0;              ///< less raises no alert
  std::size_t min_mentions = 1;      ///< fewer raise no alert
  bool per_story = false;
  bool enabled = true;
  Place sources_place;  ///< of the limit to sources, here or in the group
};

/// Watchlists that belong together.
struct GroupSettings {
  std::string id;
  std::string title;
  std::string notes;
  ListRules rules;
  std::vector<std::string_view> given;  ///< names of the rules that it says; the lists inherit these
  Place place;
};

struct WatchlistSettings : ListRules {
  std::string id;  ///< channel on the bus
  std::string title;
  std::string query;
  std::string dialect = "presswatch";  ///< of the query: a name of query/dialect/dialect.hpp
  std::vector<std::string> keywords;
  std::string group;  ///< id; empty: none
  std::string notes;  ///< for colleagues; never published
  std::vector<NameSettings> names;
  Place query_place;  ///< of the query or the keywords
  Place place;
};

struct Settings {
  std::filesystem::path file;
  DaemonSettings daemon;
  FetchSettings fetch;
  ScheduleSettings schedule;
  BusSettings bus;
  WebSubSettings websub;
  StoreSettings store;
  PluginSettings plugins;
  std::vector<SourceSettings> sources;
  std::vector<WatchlistSettings> watchlists;
  std::vector<GroupSettings> groups;
  std::vector<NameSettings> names;  ///< of all watchlists
};

}  // namespace pw::config
