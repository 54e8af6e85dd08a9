#pragma once
/// Logging. Every warning and error has a row in core/log/messages.hpp, and is written by say(). What has no row, such
/// as a line of debugging, goes through spdlog. Pass external text (titles, URLs, server messages) through
/// pw::printable first; passwords and tokens are masked here.

#include "core/log/messages.hpp"

#include <spdlog/spdlog.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace pw::log {

/// What a message is about: fields of the journal and of JSON lines. Messages with one id about one source share a
/// limit.
struct About {
  std::string_view source{};
  std::string_view url{};
};

/// A message on its way out.
struct Record {
  const Message* message = nullptr;  ///< nullptr for a line without a row
  Level level = Level::info;
  About about;
  std::string_view text;
};

enum class Format : std::uint8_t {
  automatic,  ///< `journal` if stderr is connected to the journal, otherwise `plain`
  plain,      ///< time, level, text, id
  json,       ///< an object per line
  journal,    ///< fields of the journal; without a sender, or if that fails, `prefixed`
  prefixed,   ///< "<N>text" with the syslog level N, as in sd-daemon(3); the reader adds the time
};

/// Writes a record with its fields to the journal. False if that is impossible.
using JournalSender = std::function<bool(const Record&)>;

/// "auto", "plain", "json" or "journal"; anything else is automatic.
Format format_named(std::string_view name);

/// Replaces the default logger by one that writes to stderr or to the journal, masks secrets, and limits repeated
/// messages (core/log/rate_limit.hpp). Call it before starting any thread that logs. Throws std::invalid_argument for
/// an unknown level (valid: trace debug info warn error off).
void start(std::string_view level, Format format = Format::automatic, JournalSender journal = {});

/// True if a person reads the log as plain text: start() was not called, or chose `plain`.
[[nodiscard]] bool is_plain();

/// Writes how often messages were left out in the last minute. To be called every few seconds; any thread.
void summarize();

/// Writes what summarize() would still write, and flushes buffered messages. Any thread.
void flush();

namespace detail {

spdlog::level::level_enum to_spdlog(Level level);
void write(const Record& record);

}  // namespace detail

/// Writes a message of the table: say("store-not-writable", "nothing can be stored: {}", why). An unknown id does not
/// compile. Any thread.
template <class... Args>
void say(MessageId id, const About& about, fmt::format_string<Args...> format, Args&&... args) {
  const Message& row = id.row();
  if (!spdlog::default_logger_raw()->should_log(detail::to_spdlog(row.level))) return;
  detail::write({&row, row.level, about, fmt::vformat(format, fmt::make_format_args(args...))});
}

template <class... Args>
void say(MessageId id, fmt::format_string<Args...> format, Args&&... args) {
  say(id, About{}, format, std::forward<Args>(args)...);
}

/// Same, with another level than that of the row: for lines whose author chose the level.
void say_at(Level level, MessageId id, const About& about, std::string_view text);

}  // namespace pw::log
