#include "app/attention.hpp"

#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace pw::app {

namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kBusOverdue = 10s;
constexpr std::uintmax_t kMiB = std::uintmax_t{1} << 20U;
constexpr std::uintmax_t kFull = 256 * kMiB;
constexpr std::uintmax_t kNearlyFull = 1024 * kMiB;
constexpr Milliseconds kClockOff = 1min;

/// "kurier, post, wire and 3 more".
std::string names_of(const pipeline::TroubledSources& group) {
  std::string out = fmt::format("{}", fmt::join(group.ids, ", "));
  if (group.count > group.ids.size()) out += fmt::format(" and {} more", group.count - group.ids.size());
  return out;
}

std::string as_sentence(const std::string& state, bool several) {
  if (state == "failing") return "cannot be read";
  if (state == "plugin") return "cannot be read, because of the plugin";
  if (state == "waiting") return "cannot be read, because the site keeps asking for a pause";
  if (state == "slow") return "cannot be read in time";
  if (state == "empty") return several ? "list nothing any more" : "lists nothing any more";
  const std::string_view be = several ? "are" : "is";
  if (state == "missing") return fmt::format("{} not found (404)", be);
  if (state == "gone") return fmt::format("{} gone (410), and not polled any more", be);
  return fmt::format("{} {}", be, state);
}

void add_disk(const DiskFigures& disk, std::vector<Attention>& out) {
  if (disk.size == 0 || disk.free >= kNearlyFull) return;
  out.push_back({disk.free < kFull ? Severity::critical : Severity::warning, "disk",
                 fmt::format("the disk of the database has {} MiB left", disk.free / kMiB),
                 "free some space, or keep less (store.keep_articles)"});
}

void add_clock(const AttentionInput& input, std::vector<Attention>& out) {
  if (!input.clock.trusted) {
    out.push_back({Severity::warning, "clock",
                   fmt::format("the clock shows {}, but {} was expected; nothing is deleted meanwhile",
                               to_iso8601(input.clock.now), to_iso8601(input.clock.believed)),
                   "set the clock"});
  }
  if (!input.clock_behind || abs(*input.clock_behind) < kClockOff) return;
  out.push_back({Severity::warning, "clock",
                 fmt::format("the clock is {} {} those of web servers",
                             to_string(abs(std::chrono::round<std::chrono::seconds>(*input.clock_behind))),
                             *input.clock_behind > 0ms ? "behind" : "ahead of"),
                 "set it, and let a time service keep it right"});
}

void add_sources(const pipeline::SourcesOverview& sources, std::vector<Attention>& out) {
  if (sources.enabled > 1 && sources.failing == sources.enabled) {
    out.push_back({Severity::critical, "sources", "not one source can be read", "is the network up, and the proxy?"});
  }
  for (const pipeline::TroubledSources& group : sources.troubled) {
    std::string reason = printable(group.reason, 200);
    if (group.count > 1) reason = fmt::format("{}: {}", group.ids.front(), reason);
    out.push_back({Severity::warning, "sources",
                   fmt::format("{} {}", names_of(group), as_sentence(group.state, group.count > 1)),
                   std::move(reason)});
  }
}

}  // namespace

std::optional<std::string> bus_trouble(Milliseconds overdue) {
  if (overdue < kBusOverdue) return std::nullopt;
  return fmt::format("the bus has done nothing for {}", to_string(std::chrono::floor<std::chrono::seconds>(overdue)));
}

std::vector<Attention> needs_attention(const AttentionInput& input) {
  std::vector<Attention> out;
  if (input.store_trouble) {
    out.push_back({Severity::critical, "store", "nothing can be stored: " + *input.store_trouble,
                   "no source is polled until this ends"});
  }
  if (auto trouble = bus_trouble(input.bus_overdue)) {
    out.push_back({Severity::critical, "bus", std::move(*trouble), "no alert is sent; the log says why"});
  }
  add_disk(input.disk, out);
  add_clock(input, out);
  if (!input.reload_problem.empty()) {
    out.push_back({Severity::warning, "configuration", "the last reload was refused; the old configuration is in force",
                   printable(input.reload_problem.substr(0, input.reload_problem.find('\n')), 200)});
  }
  add_sources(input.sources, out);
  std::ranges::stable_sort(out, {}, &Attention::severity);
  return out;
}

}  // namespace pw::app
