#include "cli/plugin/watched_plugin.hpp"

#include "core/text.hpp"

#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace pw::cli {
namespace {

// Multiple of [limits] call after which a call is aborted: in CPU time, so that a busy machine aborts no call, and in
// elapsed time for calls that wait.
constexpr unsigned kPatience = 3;
constexpr unsigned kSanitizedPatience = 15;
constexpr unsigned kWaitingPatience = 10;
constexpr unsigned kLeastWaitingSeconds = 60;

constexpr std::size_t kNote = 256;

/// Ends the process after `cpu_seconds` of CPU time by SIGPROF, or `seconds` by SIGALRM. Both 0: never.
void end_after(unsigned cpu_seconds, unsigned seconds) {
  itimerval timer{};
  timer.it_value.tv_sec = static_cast<time_t>(cpu_seconds);
  ::setitimer(ITIMER_PROF, &timer, nullptr);
  ::alarm(seconds);
}

class WatchedSource final : public source::Source {
 public:
  WatchedSource(std::unique_ptr<source::Source> source, std::shared_ptr<Watch> watch)
      : source_(std::move(source)), watch_(std::move(watch)) {}

  Result<source::Emitted> poll(const source::PollInput& input) override {
    return watch_->run("poll", [&] { return source_->poll(input); });
  }
  Result<source::Emitted> parse(const source::ParseInput& input) override {
    return watch_->run(fmt::format("parse of {} bytes", input.body.size()), [&] { return source_->parse(input); });
  }
  Result<std::optional<Article>> extract(const source::PageInput& input) override {
    return watch_->run(fmt::format("extract of {} bytes", input.html.size()), [&] { return source_->extract(input); });
  }
  void stored(std::string_view cursor) override {
    watch_->run("stored", [&] { source_->stored(cursor); });
  }
  void interrupt() noexcept override { source_->interrupt(); }

 private:
  std::unique_ptr<source::Source> source_;
  std::shared_ptr<Watch> watch_;
};

}  // namespace

void Progress::note(std::string_view what) const {
  if (fd_ < 0) return;
  std::array<char, kNote> record{};
  std::ranges::copy(what.substr(0, kNote - 1), record.begin());
  // Nobody can be notified of a failure; a crash report then lacks the step.
  [[maybe_unused]] const ssize_t written = ::pwrite(fd_, record.data(), record.size(), 0);
}

std::string Progress::read(int fd) {
  std::array<char, kNote> record{};
  if (::pread(fd, record.data(), record.size() - 1, 0) <= 0) return "";
  return record.data();
}

void Watch::begin(std::string_view call) {
  ++calls;
  progress.note(label.empty() ? std::string(call) : fmt::format("{}: {}", label, call));
  if (cpu_seconds > 0) end_after(cpu_seconds, seconds);
  begun = std::chrono::steady_clock::now();
}

void Watch::end(std::string_view call) {
  const auto took = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun);
  if (cpu_seconds > 0) end_after(0, 0);
  if (took <= longest) return;
  longest = took;
  longest_label = label.empty() ? std::string(call) : fmt::format("{}: {}", label, call);
}

source::Plugin watched(const source::Plugin& plugin, const std::shared_ptr<Watch>& watch) {
  source::Plugin out = plugin;
  const bool in_this_process =
      watch->progress.kept() && plugin.package && plugin.package->kind == source::PackageKind::native;
  if (in_this_process) {
    const auto limit = std::chrono::ceil<std::chrono::seconds>(plugin.package->limits.call);
    // A sanitizer takes a while to write its report before the process ends.
    const bool sanitized = std::getenv("ASAN_OPTIONS") != nullptr;  // NOLINT(concurrency-mt-unsafe)
    const unsigned patience = sanitized ? kSanitizedPatience : kPatience;
    watch->cpu_seconds = patience * static_cast<unsigned>(limit.count());
    watch->seconds = std::max(kLeastWaitingSeconds, kWaitingPatience * static_cast<unsigned>(limit.count()));
  }
  out.make = [make = plugin.make, watch](const config::SourceSettings& settings) -> std::unique_ptr<source::Source> {
    return std::make_unique<WatchedSource>(watch->run("create", [&] { return make(settings); }), watch);
  };
  return out;
}

}  // namespace pw::cli
