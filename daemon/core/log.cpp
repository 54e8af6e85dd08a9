#include "core/log.hpp"

#include "core/log/format.hpp"
#include "core/log/rate_limit.hpp"
#include "core/log/secrets.hpp"
#include "core/mutex.hpp"

#include <spdlog/sinks/sink.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace pw::log {
namespace {

/// What say() knows and spdlog cannot carry: the message and its fields. Sinks are called on the thread that logs.
thread_local const Record* saying = nullptr;

Level from_spdlog(spdlog::level::level_enum level) {
  switch (level) {
    case spdlog::level::trace:
    case spdlog::level::debug: return Level::debug;
    case spdlog::level::warn: return Level::warn;
    case spdlog::level::err: return Level::error;
    case spdlog::level::critical: return Level::critical;
    default: return Level::info;
  }
}

/// Whether stderr is the stream that systemd connected to the journal (systemd.exec(5), $JOURNAL_STREAM).
bool connected_to_journal() {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): called before any thread is started
  const char* stream = std::getenv("JOURNAL_STREAM");
  struct stat status {};
  if (stream == nullptr || ::fstat(STDERR_FILENO, &status) != 0) return false;
  return stream == fmt::format("{}:{}", status.st_dev, status.st_ino);
}

/// The last step of every line: secrets are masked, repetitions counted, and the result written to stderr or the
/// journal.
class Output final : public spdlog::sinks::sink {
 public:
  Output(Format format, JournalSender journal)
      : format_(format), journal_(std::move(journal)), colour_(::isatty(STDERR_FILENO) == 1) {}

  [[nodiscard]] Format format() const { return format_; }

  void summarize(bool at_once) {
    const MutexLock lock(mutex_);
    report(limit_.take_left_out(std::chrono::steady_clock::now(), at_once));
  }

  void log(const spdlog::details::log_msg& in) override {
    const MutexLock lock(mutex_);
    take(in);
  }
  void flush() override { std::fflush(stderr); }
  // The format is that of the configuration.
  void set_pattern(const std::string& /*pattern*/) override {}
  void set_formatter(std::unique_ptr<spdlog::formatter> /*formatter*/) override {}

 private:
  void take(const spdlog::details::log_msg& in) PW_REQUIRES(mutex_) {
    const std::string text = mask_secrets({in.payload.data(), in.payload.size()});
    Record record{nullptr, from_spdlog(in.level), {}, text};
    std::string url;
    if (saying != nullptr) {
      url = mask_secrets(saying->about.url);
      record.message = saying->message;
      record.about = {saying->about.source, url};
      // What ends the daemon is never left out.
      if (record.level != Level::critical && !admit(record)) return;
    }
    write(record);
  }

  bool admit(const Record& record) PW_REQUIRES(mutex_) {
    std::vector<RateLimit::LeftOut> left_out;
    const auto now = std::chrono::steady_clock::now();
    const bool admitted = limit_.admit(record.message->id, record.about.source, now, left_out);
    report(left_out);
    return admitted;
  }

  void report(const std::vector<RateLimit::LeftOut>& left_out) {
    for (const RateLimit::LeftOut& one : left_out) {
      const bool several = one.source == RateLimit::kAllSources;
      const std::string whose = several ? " of several sources" : one.source.empty() ? "" : " of " + one.source;
      const std::string text = fmt::format("{} more messages \"{}\"{} in the last minute", one.lines, one.id, whose);
      const Message* row = nullptr;
      for (const Message& message : kMessages) row = message.id == one.id ? &message : row;
      write({row, row != nullptr ? row->level : Level::warn, {several ? "" : one.source, ""}, text});
    }
  }

  void write(const Record& record) {
    if (format_ == Format::journal && journal_ && journal_(record)) return;
    const Time now = std::chrono::floor<Milliseconds>(std::chrono::system_clock::now());
    const std::string line = format_ == Format::plain  ? plain_line(record, now, colour_)
                             : format_ == Format::json ? json_line(record, now)
                                                       : prefixed_line(record);
    std::fwrite(line.data(), 1, line.size(), stderr);
  }

  const Format format_;
  const JournalSender journal_;
  const bool colour_;
  Mutex mutex_;
  RateLimit limit_ PW_GUARDED_BY(mutex_);
};

/// The sink of the default logger, if start() made it.
std::shared_ptr<Output> output() {
  const auto logger = spdlog::default_logger();
  return logger->sinks().empty() ? nullptr : std::dynamic_pointer_cast<Output>(logger->sinks().front());
}

}  // namespace

Format format_named(std::string_view name) {
  if (name == "plain") return Format::plain;
  if (name == "json") return Format::json;
  if (name == "journal") return Format::journal;
  return Format::automatic;
}

void start(std::string_view level, Format format, JournalSender journal) {
  const std::string name(level);
  const auto parsed = spdlog::level::from_str(name);
  if (parsed == spdlog::level::off && name != "off") {
    throw std::invalid_argument("unknown log level \"" + name + "\": use trace, debug, info, warn, error or off");
  }
  if (format == Format::automatic) format = connected_to_journal() ? Format::journal : Format::plain;
  if (const auto before = output()) before->summarize(true);
  auto logger = std::make_shared<spdlog::logger>("presswatch", std::make_shared<Output>(format, std::move(journal)));
  logger->set_level(parsed);
  spdlog::set_default_logger(std::move(logger));
}

bool is_plain() {
  const auto sink = output();
  return sink == nullptr || sink->format() == Format::plain;
}

void summarize() {
  if (const auto sink = output()) sink->summarize(false);
}

void flush() {
  if (const auto sink = output()) sink->summarize(true);
  spdlog::default_logger()->flush();
}

void say_at(Level level, MessageId id, const About& about, std::string_view text) {
  if (spdlog::default_logger_raw()->should_log(detail::to_spdlog(level))) {
    detail::write({&id.row(), level, about, text});
  }
}

namespace detail {

spdlog::level::level_enum to_spdlog(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warn: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
    case Level::critical: return spdlog::level::critical;
  }
  return spdlog::level::info;
}

void write(const Record& record) {
  saying = &record;
  spdlog::default_logger_raw()->log(to_spdlog(record.level),
                                    spdlog::string_view_t(record.text.data(), record.text.size()));
  saying = nullptr;
}

}  // namespace detail

}  // namespace pw::log
