#pragma once
/// The content of the configuration files as plain values. All defaults are defined here; keys/ defines the names of
/// the keys.

#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
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
  std::filesystem::path control = "/run/presswatch/control.sock";  ///< Unix socket of `presswatch status`
  std::string log_level = "info";
  unsigned threads = 0;                         ///< of the pool; 0: one per core
  std::filesystem::path sources = "sources.d";  ///< folders of the other files, relative to the main file
  std::filesystem::path watchlists = "watchlists.d";
  std::filesystem::path names = "names.d";
};

struct LogSettings {
  std::string format = "auto";
};

struct FetchSettings {
  std::string contact;                       ///< URL or address in the User-Agent
  std::string user_agent;                    ///< the whole User-Agent; empty: presswatch/VERSION (+contact)
  std::vector<std::string> allow_addresses;  ///< CIDRs that the address guard allows
  std::string proxy;
  Milliseconds min_gap = 1s;  ///< between two requests to a host
  unsigned max_per_host = 1;  ///< connections
  unsigned max_total = 64;    ///< connections
  Milliseconds connect_timeout = 15s;
  Milliseconds timeout = 60s;                    ///< for a whole transfer
  std::size_t max_body = std::size_t{8} << 20U;  ///< decoded bytes
  bool robots = true;
};

struct ScheduleSettings {
  Milliseconds min_interval = 2min;
  Milliseconds max_interval = 6h;
  std::size_t max_items_per_poll = 200;  ///< the newest ones; the rest are processed at the next polls
  Milliseconds max_age = 72h;            ///< articles older than this by their own date are stored but not matched
};

struct BusSettings {
  std::string live = "tcp://127.0.0.1:7701";
  std::string log = "tcp://127.0.0.1:7702";
  Milliseconds heartbeat = 1s;
};

/// WebSub needs both. Read at startup only, not on reload.
struct WebSubSettings {
  std::string listen;    ///< ADDRESS:PORT of the HTTP server for callbacks
  std::string callback;  ///< URL at which hubs reach it

  [[nodiscard]] bool on() const { return !listen.empty() && !callback.empty(); }
};

struct StoreSettings {
  Milliseconds keep_articles = 24h * 90;
  Milliseconds keep_alerts = 24h * 365;
};

/// Read at startup only, not on reload.
struct MetricsSettings {
  std::string listen;  ///< as parse_local_address() reads it; empty: off
  std::size_t max_sources = 1000;
  std::size_t max_watchlists = 1000;
};

struct PluginSettings {
  /// Folders of packages, each a subfolder with a plugin.toml. Of packages with the same name, the first is used.
  std::vector<std::filesystem::path> directories = {"/usr/local/lib/presswatch/plugins", "/usr/lib/presswatch/plugins"};
  std::vector<std::string> disabled;  ///< from plugins.disabled
  std::filesystem::path host;         ///< presswatch-plugin-host; empty: beside the program, else in libexec
};

/// The value of a plugin option.
using OptionValue = std::variant<std::string, std::int64_t, bool, std::vector<std::string>, Milliseconds>;

/// The options of one source, already validated against its plugin's declarations.
class Options {
 public:
  void set(std::string name, OptionValue value) { values_[std::move(name)] = std::move(value); }
  [[nodiscard]] bool has(std::string_view name) const { return values_.contains(name); }
  /// The option's text, or `fallback` if it is not set.
  [[nodiscard]] std::string text(std::string_view name, std::string_view fallback = "") const;
  [[nodiscard]] std::int64_t number(std::string_view name, std::int64_t fallback) const;
  [[nodiscard]] bool flag(std::string_view name, bool fallback) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
  /// All options, one per line. Equal if and only if the options are equal.
  [[nodiscard]] std::string all_as_text() const;

  friend bool operator==(const Options&, const Options&) = default;

 private:
  std::map<std::string, OptionValue, std::less<>> values_;
};

/// A position in a configuration file. Lines and columns begin at 1; 0: none. A column counts characters.
struct Place {
  std::filesystem::path file;
  std::size_t line = 0;
  std::size_t column = 0;

  friend bool operator==(const Place&, const Place&) = default;
};

struct SourceSettings {
  std::string id;      ///< [a-z0-9._-]{1,64}, unique
  std::string plugin;  ///< "feed", "sitemap", "webpage", …
  std::string name;    ///< for humans; defaults to the id
  std::vector<std::string> tags;
  bool enabled = true;
  Milliseconds interval{0};  ///< fixed interval; 0: adaptive within the schedule's bounds
  bool fetch_pages = true;   ///< fetch the article pages, or match only what the source delivers
  Options options;
  Place place;

  friend bool operator==(const SourceSettings&, const SourceSettings&) = default;
};

/// An alternative spelling of a name. In some languages ("he", "ar", "az", "hy") its inflected forms match as well.
struct AliasSettings {
  std::string text;
  std::string language;  ///< empty: unspecified

  friend bool operator==(const AliasSettings&, const AliasSettings&) = default;
};

/// A name and its aliases, which a term equal to the name also matches.
struct NameSettings {
  std::string name;
  std::vector<AliasSettings> aliases;
  Place place;

  friend bool operator==(const NameSettings&, const NameSettings&) = default;
};

/// The person responsible for a watchlist. Included in alerts, so that subscribers can route them.
struct OwnerSettings {
  std::string name;
  std::string contact;

  friend bool operator==(const OwnerSettings&, const OwnerSettings&) = default;
};

/// When a watchlist may alert. watchlist/active_hours.hpp parses these texts.
struct ActiveSettings {
  std::string hours = "00:00-24:00";
  std::string days = "Mon-Sun";
  std::string timezone = "UTC";
  bool hold = true;  ///< outside the hours: defer alerts to the next opening; else send them at once, marked as quiet
  Place place;

  friend bool operator==(const ActiveSettings&, const ActiveSettings&) = default;
};

/// Rules that both a watchlist and its group may set.
struct ListRules {
  OwnerSettings owner;
  std::optional<ActiveSettings> active;  ///< nullopt: always
  std::optional<Time> mute_until;
  std::string priority = "normal";     ///< low, normal or high
  std::vector<std::string> languages;  ///< codes as articles carry them
  std::vector<std::string> sources;    ///< ids, or "tag:NAME"
  std::vector<std::string> fields;     ///< "title", "lead", "text"; empty: the whole article
  std::vector<std::string> forms;      ///< languages whose particles and endings are found too (query/widen.hpp)
  bool spellings = false;              ///< also find F35 for F-35, US for U.S., 1000 for 1,000
  double min_score = 0;                ///< lower scores raise no alert
  std::size_t min_mentions = 1;        ///< fewer raise no alert
  bool per_story = false;
  bool enabled = true;
  Place sources_place;  ///< of the source limits, here or in the group
};

/// A group of watchlists with common rules.
struct GroupSettings {
  std::string id;
  std::string title;
  std::string notes;
  ListRules rules;
  std::vector<std::string_view> given;  ///< names of the rules it sets, which its watchlists inherit
  Place place;
};

struct WatchlistSettings : ListRules {
  std::string id;  ///< channel on the bus
  std::string title;
  std::string query;
  std::string dialect = "presswatch";  ///< of the query; a name from query/dialect/dialect.hpp
  std::vector<std::string> keywords;
  std::string group;  ///< id; empty: none
  std::string notes;  ///< for colleagues; never published
  std::vector<NameSettings> names;
  Place query_place;  ///< of the first character of the query, or of the keywords
  Place place;
};

/// The keys of the main file.
struct MainSettings {
  std::filesystem::path file;
  DaemonSettings daemon;
  LogSettings log;
  FetchSettings fetch;
  ScheduleSettings schedule;
  BusSettings bus;
  WebSubSettings websub;
  StoreSettings store;
  MetricsSettings metrics;
  PluginSettings plugins;
  std::map<std::string, Place, std::less<>> given;  ///< where the file gives a value to a key, such as "fetch.contact"

  /// Where the file gives a value to the key, or the file itself.
  [[nodiscard]] Place place_of(std::string_view key) const;
};

struct WatchlistFile;

/// A whole configuration. Versions share the watchlists, groups and files that are the same in both.
struct Settings : MainSettings {
  std::vector<SourceSettings> sources;
  std::vector<std::shared_ptr<const WatchlistSettings>> watchlists;
  std::vector<std::shared_ptr<const GroupSettings>> groups;
  std::vector<NameSettings> names;                                    ///< for all watchlists
  std::vector<std::shared_ptr<const WatchlistFile>> watchlist_files;  ///< by path; lets the next load reuse them
};

}  // namespace pw::config
