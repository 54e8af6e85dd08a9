#include "app/metrics.hpp"

#include "ops/metrics_text.hpp"
#include "pipeline/bounded_counts.hpp"

#include <algorithm>
#include <string_view>

namespace pw::app {

namespace {

using ops::Labels;
using ops::MetricsText;
constexpr auto kCounter = ops::MetricKind::counter;
constexpr auto kGauge = ops::MetricKind::gauge;
constexpr auto kHistogram = ops::MetricKind::histogram;
constexpr auto kSummary = ops::MetricKind::summary;

double seconds(Milliseconds span) { return std::chrono::duration<double>(span).count(); }
double flag(bool value) { return value ? 1 : 0; }

void write_daemon(const MetricsSample& in, MetricsText& out) {
  out.family(kGauge, "build_info", "The version, as a label; the value is 1.").value(1.0, {{"version", PW_VERSION}});
  out.family(kGauge, "ready", "1 while /readyz answers 200.").value(flag(in.ready));
  out.family(kGauge, "attention", "Things that need a person, as `presswatch status` lists them.")
      .value(in.critical, {{"severity", "critical"}})
      .value(in.warnings, {{"severity", "warning"}});
  out.family(kGauge, "clock_trusted", "1 unless the wall clock is in doubt.").value(flag(in.clock_trusted));
  out.family(kCounter, "clock_steps_total", "Steps of the wall clock since the start.").value(in.clock_steps);
  out.family(kGauge, "clock_behind_seconds",
             "How far the clock is behind those of web servers; missing until three hosts have answered.");
  if (in.clock_behind) out.value(seconds(*in.clock_behind));
}

void write_pipeline(const MetricsSample& in, MetricsText& out) {
  out.family(kCounter, "polls_total", "Polls of sources.").value(in.polls);
  out.family(kCounter, "pages_total", "Article pages that were to be fetched.").value(in.pages);
  out.family(kCounter, "items_total", "Articles stored: new ones and revisions.").value(in.items);
  out.family(kCounter, "items_too_old_total", "Articles that were not matched because they are older than max_age.")
      .value(in.too_old);
  out.family(kCounter, "alerts_total", "Alerts committed to the log.").value(in.alerts);
  out.family(kGauge, "alerts_deferred", "Alerts that wait for the active hours of their watchlist.").value(in.deferred);
  out.family(kCounter, "matches_undecided_total", "Matches that were abandoned at the limit of steps.")
      .value(in.undecided);
  out.family(kHistogram, "alert_step_seconds", "How long each step of an alert took.")
      .value(in.alert_fetched, {{"step", "fetched"}})
      .value(in.alert_matched, {{"step", "matched"}})
      .value(in.alert_committed, {{"step", "committed"}})
      .value(in.bus.sent_after, {{"step", "sent"}});
}

void write_fetches(const fetch::FetchStats& in, MetricsText& out) {
  out.family(kCounter, "fetches_total", "Fetches of feeds, listings and pages.").value(in.requests);
  out.family(kCounter, "fetches_failed_total", "Fetches without an answer.").value(in.failed);
  out.family(kCounter, "fetches_refused_total", "Failed fetches that robots.txt or the address guard forbids.")
      .value(in.refused);
  out.family(kCounter, "fetches_not_modified_total", "Fetches answered by 304.").value(in.not_modified);
  out.family(kCounter, "exchanges_total", "HTTP requests sent, with redirects and robots.txt.").value(in.exchanges);
  out.family(kCounter, "fetch_body_bytes_total", "Bytes of responses, after decompression.").value(in.body_bytes);
  out.family(kHistogram, "fetch_seconds", "How long answers took, up to the end of the body.").value(in.took);
  out.family(kGauge, "fetches_active", "Visits to hosts in progress.").value(in.active);
  out.family(kGauge, "fetches_waiting", "Fetches that wait for their host.").value(in.waiting);
}

/// Calls value(labels, counts) for each source and for the others together.
template <class Value>
void each_source(const pipeline::SourcesSample& in, const Value& value) {
  for (const pipeline::SourceSample& one : in.named) value(Labels{{"source", one.id}}, one.counts);
  if (in.summed > 0) value(Labels{{"source", std::string(pipeline::kOtherNames)}}, in.others);
}

void write_sources(const pipeline::SourcesSample& in, MetricsText& out) {
  out.family(kGauge, "sources", "Sources by state.");
  for (const auto& [state, count] : in.states) out.value(count, {{"state", state}});
  out.family(kGauge, "metrics_sources_summed", "Sources that are added up as source=\"other\" (metrics.max_sources).")
      .value(in.summed);
  using Counts = pipeline::SourceCounts;
  const auto counter = [&](std::string_view name, std::string_view help, std::uint64_t Counts::*member) {
    out.family(kCounter, name, help);
    each_source(in, [&](const Labels& labels, const Counts& counts) { out.value(counts.*member, labels); });
  };
  counter("source_polls_total", "Polls of the source.", &Counts::polls);
  counter("source_polls_failed_total", "Polls that failed.", &Counts::polls_failed);
  counter("source_polls_unchanged_total", "Polls answered by 304 only.", &Counts::polls_unchanged);
  counter("source_fetches_total", "Fetches for the source: feeds, listings, pages.", &Counts::fetches);
  counter("source_fetches_failed_total", "Fetches without an answer.", &Counts::fetches_failed);
  counter("source_fetches_not_modified_total", "Fetches answered by 304.", &Counts::fetches_not_modified);
  counter("source_fetch_body_bytes_total", "Bytes of responses, after decompression.", &Counts::body_bytes);
  counter("source_items_total", "Articles stored: new ones and revisions.", &Counts::items);
  counter("source_alerts_total", "Alerts raised by its articles.", &Counts::alerts);
  out.family(kSummary, "source_fetch_seconds", "How long its answers took, up to the end of the body.");
  each_source(in, [&](const Labels& labels, const Counts& counts) {
    out.value(counts.fetches - counts.fetches_failed, seconds(counts.fetching), labels);
  });
  out.family(kGauge, "source_last_item_timestamp_seconds", "When the source last brought something new.");
  for (const auto& one : in.named) {
    if (one.last_item != Time{}) out.value(one.last_item, {{"source", one.id}});
  }
  out.family(kGauge, "source_healthy", "1 if the source is in the state ok, or new.");
  for (const auto& one : in.named) out.value(flag(one.healthy), {{"source", one.id}});
  out.family(kGauge, "source_silent", "1 if the source is silent by its own rhythm.");
  for (const auto& one : in.named) out.value(flag(one.silent), {{"source", one.id}});
}

void write_watchlists(const MetricsSample& in, MetricsText& out) {
  out.family(kGauge, "watchlists", "Watchlists that are not disabled.").value(in.watchlists);
  out.family(kGauge, "metrics_watchlists_summed",
             "Watchlists that are added up as watchlist=\"other\" (metrics.max_watchlists).")
      .value(in.watchlists_summed);
  out.family(kCounter, "watchlist_alerts_total", "Alerts of the watchlist committed to the log.");
  for (const auto& [id, alerts] : in.watchlist_alerts) out.value(alerts, {{"watchlist", id}});
  if (in.watchlists_summed > 0) {
    out.value(in.other_watchlists_alerts, {{"watchlist", std::string(pipeline::kOtherNames)}});
  }
}

void write_queues(const MetricsSample& in, MetricsText& out) {
  const Labels pool{{"pool", "work"}};
  const Labels waiting{{"pool", "plugins"}};
  out.family(kGauge, "pool_threads", "Threads of the pool.")
      .value(in.pool_threads, pool)
      .value(in.waiting_threads, waiting);
  out.family(kGauge, "pool_tasks", "Tasks accepted and not finished.")
      .value(in.pool.tasks, pool)
      .value(in.waiting.tasks, waiting);
  out.family(kGauge, "pool_task_bytes", "Memory that these tasks work on.")
      .value(in.pool.bytes, pool)
      .value(in.waiting.bytes, waiting);
  out.family(kGauge, "pool_waiting", "Tasks that wait because the pool is full.")
      .value(in.pool.waiting, pool)
      .value(in.waiting.waiting, waiting);
  out.family(kHistogram, "loop_lag_seconds", "How late the event loop served a timer of 10 ms.").value(in.loop_lag);
  out.family(kGauge, "loop_longest_stall_seconds", "The longest time since the start that the event loop was blocked.")
      .value(seconds(in.longest_stall));
}

void write_store(const MetricsSample& in, const DiskFigures& disk, MetricsText& out) {
  out.family(kGauge, "store_ok", "1 while the database can be written.").value(flag(in.store_ok));
  out.family(kGauge, "store_queued_batches", "Batches that wait for the writer.").value(in.store.queued);
  out.family(kHistogram, "store_commit_seconds", "How long groups of batches took to write and to reach the disk.")
      .value(in.store.commits);
  out.family(kGauge, "store_size_bytes", "Size of the database, without its write-ahead log.").value(disk.database);
  out.family(kGauge, "store_wal_bytes", "Size of the write-ahead log.").value(disk.wal);
  out.family(kGauge, "disk_free_bytes", "Free space on the disk of the database.").value(disk.free);
  out.family(kGauge, "disk_size_bytes", "Size of that disk.").value(disk.size);
}

void write_bus(const bus::BusStats& in, MetricsText& out) {
  out.family(kCounter, "bus_sent_total", "Alerts sent on LIVE.").value(in.sent);
  out.family(kGauge, "bus_published_seq", "Number in the log of the last alert sent.").value(in.published);
  out.family(kCounter, "bus_log_requests_total", "Requests received on LOG.").value(in.requests);
  out.family(kCounter, "bus_busy_total", "Requests answered with busy.").value(in.busy);
  out.family(kCounter, "bus_closed_total", "Connections closed because they exceeded a limit.").value(in.closed);
  out.family(kGauge, "bus_connections", "Open connections.")
      .value(in.live_connections, {{"endpoint", "live"}})
      .value(in.log_connections, {{"endpoint", "log"}});
  out.family(kGauge, "bus_subscriptions", "Subscriptions of all connections to LIVE.").value(in.subscriptions);
}

void write_process(Time started, const ProcessFigures& in, MetricsText& out) {
  out.family(kGauge, "process_start_time_seconds", "When the daemon started.").value(started);
  out.family(kCounter, "process_cpu_seconds_total", "CPU time, of user and system.").value(in.cpu_seconds);
  out.family(kGauge, "process_resident_memory_bytes", "Resident memory.").value(in.resident_bytes);
  out.family(kGauge, "process_open_fds", "Open file descriptors.").value(in.open_files);
  out.family(kGauge, "process_max_fds", "Limit of open file descriptors.").value(in.most_files);
}

void take_attention(const Components& daemon, MetricsSample& out) {
  const AttentionInput input = attention_input(daemon);
  for (const Attention& one : needs_attention(input)) {
    ++(one.severity == Severity::critical ? out.critical : out.warnings);
  }
  out.ready = not_ready(daemon).empty();
  out.store_ok = !input.store_trouble;
  out.clock_trusted = input.clock.trusted;
  out.clock_steps = input.clock.steps;
  out.clock_behind = input.clock_behind;
}

void take_pipeline(const pipeline::Pipeline& pipeline, MetricsSample& out) {
  const pipeline::Counters& counters = pipeline.counters();
  out.polls = counters.polls;
  out.pages = counters.pages;
  out.items = counters.items;
  out.too_old = counters.too_old;
  out.alerts = counters.alerts;
  out.undecided = counters.undecided;
  out.alert_fetched = counters.alert_times.fetched.read();
  out.alert_matched = counters.alert_times.matched.read();
  out.alert_committed = counters.alert_times.committed.read();
  out.sources = pipeline.sample_sources();
  const pipeline::WatchlistStats& stats = pipeline.watchlist_stats();
  out.deferred = stats.deferred();
  out.watchlists = pipeline.watchlists().size();
  for (const auto& [id, alerts] : stats.raised().named()) out.watchlist_alerts.emplace_back(id, *alerts);
  out.other_watchlists_alerts = *stats.raised().others();
  out.watchlists_summed = stats.configured() - std::min(stats.configured(), out.watchlist_alerts.size());
}

}  // namespace

MetricsSample take_metrics(const Components& daemon) {
  MetricsSample out;
  out.started = daemon.started;
  take_attention(daemon, out);
  take_pipeline(daemon.pipeline, out);
  out.fetch = daemon.fetcher.stats();
  out.bus = daemon.bus.stats();
  out.store = daemon.store.stats();
  out.pool = daemon.pool.load();
  out.waiting = daemon.waiting.load();
  out.pool_threads = daemon.pool.threads();
  out.waiting_threads = daemon.waiting.threads();
  out.loop_lag = daemon.stalls.lateness();
  out.longest_stall = daemon.stalls.longest().lasted;
  return out;
}

std::string render_metrics(const MetricsSample& sample, const DiskFigures& disk, const ProcessFigures& process) {
  MetricsText out;
  write_daemon(sample, out);
  write_pipeline(sample, out);
  write_fetches(sample.fetch, out);
  write_sources(sample.sources, out);
  write_watchlists(sample, out);
  write_queues(sample, out);
  write_store(sample, disk, out);
  write_bus(sample.bus, out);
  write_process(sample.started, process, out);
  return out.text();
}

}  // namespace pw::app
