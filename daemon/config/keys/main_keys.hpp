#pragma once
/// The keys of presswatch.toml. A new key needs a member in settings.hpp and a row here.

#include "config/keys/key.hpp"
#include "config/settings.hpp"

#include <array>

namespace pw::config {

inline constexpr std::array<std::string_view, 6> kLogLevels{"trace", "debug", "info", "warn", "error", "off"};

inline constexpr auto kDaemonKeys = std::to_array<Key<DaemonSettings>>({
    {"state", &DaemonSettings::state, Change::restart,
     "Folder of the store: articles, the alert log, and the state of each source."},
    {"control", &DaemonSettings::control, Change::restart,
     "Unix socket that `presswatch status`, `sources` and `reload` talk to."},
    {"log_level", &DaemonSettings::log_level, Change::restart, "How much is logged.", {.choices = kLogLevels}},
    {"threads", &DaemonSettings::threads, Change::restart,
     "Threads that parse, extract and match; 0 means one per core."},
    {"sources", &DaemonSettings::sources, Change::reload,
     "Folder of the source files, relative to the main file; folders inside it are read too."},
    {"watchlists", &DaemonSettings::watchlists, Change::reload,
     "Folder of the watchlist files, relative to the main file; folders inside it are read too."},
    {"names", &DaemonSettings::names, Change::reload, "Folder of the files of names, relative to the main file."},
});

inline constexpr std::array<std::string_view, 4> kLogFormats{"auto", "plain", "json", "journal"};

inline constexpr auto kLogKeys = std::to_array<Key<LogSettings>>({
    {"format",
     &LogSettings::format,
     Change::restart,
     "Form of the log: plain lines, JSON lines, or entries of the journal with fields; auto means journal under "
     "systemd and "
     "plain elsewhere (docs/messages.md).",
     {.choices = kLogFormats}},
});

inline constexpr auto kFetchKeys = std::to_array<Key<FetchSettings>>({
    {"contact", &FetchSettings::contact, Change::reload,
     "A URL or an e-mail address at which publishers can reach you; it is part of the User-Agent. Publishers expect "
     "one."},
    {"user_agent", &FetchSettings::user_agent, Change::reload,
     "The whole User-Agent, instead of presswatch/VERSION (+CONTACT)."},
    {"allow_addresses", &FetchSettings::allow_addresses, Change::reload,
     "Private networks or addresses that may be fetched from: a CIDR, an address, or host:port."},
    {"proxy", &FetchSettings::proxy, Change::reload,
     "HTTP proxy for all requests. Proxies of the environment are ignored."},
    {"min_gap", &FetchSettings::min_gap, Change::reload, "Shortest time between two requests to one host."},
    {"max_per_host", &FetchSettings::max_per_host, Change::reload, "Connections to one host at a time.", {.least = 1}},
    {"max_total", &FetchSettings::max_total, Change::reload, "Connections at a time in all.", {.least = 1}},
    {"connect_timeout", &FetchSettings::connect_timeout, Change::reload,
     "How long resolving a name, connecting and the TLS handshake may take."},
    {"timeout", &FetchSettings::timeout, Change::reload, "How long a whole transfer may take."},
    {"max_body", &FetchSettings::max_body, Change::reload, "Largest response, after decompression.", {.bytes = true}},
    {"robots", &FetchSettings::robots, Change::reload,
     "Whether robots.txt is respected. Switch it off only for sites that are yours."},
});

inline constexpr auto kScheduleKeys = std::to_array<Key<ScheduleSettings>>({
    {"min_interval", &ScheduleSettings::min_interval, Change::reload,
     "Shortest interval between two polls of a source."},
    {"max_interval", &ScheduleSettings::max_interval, Change::reload,
     "Longest interval between two polls of a source."},
    {"max_items_per_poll",
     &ScheduleSettings::max_items_per_poll,
     Change::reload,
     "Items taken from one poll, newest first.",
     {.least = 1}},
    {"max_age", &ScheduleSettings::max_age, Change::reload,
     "Items that are older than this, by their own date, are stored but raise no alert."},
});

inline constexpr auto kBusKeys = std::to_array<Key<BusSettings>>({
    {"live", &BusSettings::live, Change::restart,
     "Endpoint for live alerts: ipc://PATH, or tcp:// with a loopback address."},
    {"log", &BusSettings::log, Change::restart, "Endpoint for replay, of the same forms."},
    {"heartbeat", &BusSettings::heartbeat, Change::restart, "Time between two heartbeats.", {.least = 50}},
});

inline constexpr auto kWebSubKeys = std::to_array<Key<WebSubSettings>>({
    {"listen", &WebSubSettings::listen, Change::restart,
     "ADDRESS:PORT on which deliveries of WebSub hubs are accepted. Needs callback."},
    {"callback",
     &WebSubSettings::callback,
     Change::restart,
     "The http or https URL at which hubs reach that address. Needs listen.",
     {.form = Form::web}},
});

inline constexpr auto kStoreKeys = std::to_array<Key<StoreSettings>>({
    {"keep_articles", &StoreSettings::keep_articles, Change::restart,
     "How long articles are kept; \"0s\" keeps them for ever."},
    {"keep_alerts", &StoreSettings::keep_alerts, Change::restart,
     "How long alerts are kept for replay; \"0s\" keeps them for ever."},
});

inline constexpr auto kMetricsKeys = std::to_array<Key<MetricsSettings>>({
    {"listen", &MetricsSettings::listen, Change::restart,
     "Where /metrics, /healthz and /readyz are served over HTTP: a port of the loopback interface, such as "
     "127.0.0.1:9464, or unix:/PATH. Empty: nowhere."},
    {"max_sources", &MetricsSettings::max_sources, Change::restart,
     "Sources with metrics of their own; those of all others are added up."},
    {"max_watchlists", &MetricsSettings::max_watchlists, Change::restart,
     "Watchlists with metrics of their own; those of all others are added up."},
});

inline constexpr auto kPluginKeys = std::to_array<Key<PluginSettings>>({
    {"directories", &PluginSettings::directories, Change::reload,
     "Folders with plugin packages. Of two packages with one name, the first is used."},
    {"host", &PluginSettings::host, Change::reload,
     "The program presswatch-plugin-host, where it is not beside the daemon or in libexec."},
});

/// Calls visit(section, its struct in `settings`) for each table of the file, in reference order.
template <class SettingsRef, class F>
void each_section(SettingsRef&& settings, F&& visit) {
  visit(Section<DaemonSettings>{"daemon", "The daemon itself.", kDaemonKeys}, settings.daemon);
  visit(Section<LogSettings>{"log", "What the daemon says of its work.", kLogKeys}, settings.log);
  visit(Section<FetchSettings>{"fetch", "How pages and feeds are fetched.", kFetchKeys}, settings.fetch);
  visit(
      Section<ScheduleSettings>{"schedule", "When sources are polled, and what of them raises alerts.", kScheduleKeys},
      settings.schedule);
  visit(Section<BusSettings>{"bus", "Where alerts are published.", kBusKeys}, settings.bus);
  visit(Section<WebSubSettings>{"websub", "Deliveries by WebSub hubs, which spare polling.", kWebSubKeys},
        settings.websub);
  visit(
      Section<StoreSettings>{
          "store", "How long things are kept. A clock that cannot be trusted deletes nothing (docs/clock.md).",
          kStoreKeys},
      settings.store);
  visit(Section<MetricsSettings>{"metrics", "Metrics and health checks (docs/metrics.md).", kMetricsKeys},
        settings.metrics);
  visit(Section<PluginSettings>{"plugins", "Plugin packages (docs/plugin-packages.md).", kPluginKeys},
        settings.plugins);
}

}  // namespace pw::config
