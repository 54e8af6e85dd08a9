#include "core/log/format.hpp"

#include "core/id.hpp"
#include "core/text.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <spdlog/fmt/fmt.h>

#include <ctime>

namespace pw::log {

namespace {

std::string_view colour_of(Level level) noexcept {
  switch (level) {
    case Level::debug: return "\x1b[36m";
    case Level::info: return "\x1b[32m";
    case Level::warn: return "\x1b[33;1m";
    case Level::error: return "\x1b[31;1m";
    case Level::critical: return "\x1b[1;41m";
  }
  return "";
}

std::string local_time(Time now) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now);
  const std::time_t time = seconds.time_since_epoch().count();
  std::tm parts{};
  ::localtime_r(&time, &parts);
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:03}", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                     parts.tm_hour, parts.tm_min, parts.tm_sec, (now - seconds).count());
}

}  // namespace

int priority(Level level) noexcept {
  switch (level) {
    case Level::debug: return 7;
    case Level::info: return 6;
    case Level::warn: return 4;
    case Level::error: return 3;
    case Level::critical: return 2;
  }
  return 6;
}

std::string_view name_of(Level level) noexcept {
  switch (level) {
    case Level::debug: return "debug";
    case Level::info: return "info";
    case Level::warn: return "warn";
    case Level::error: return "error";
    case Level::critical: return "critical";
  }
  return "info";
}

std::string message_uuid(std::string_view id) {
  Id out = derive_id({"presswatch message", id});
  // The journal expects a UUID of version 4, RFC 9562.
  out.bytes[6] = static_cast<std::uint8_t>((out.bytes[6] & 0x0fU) | 0x40U);
  out.bytes[8] = static_cast<std::uint8_t>((out.bytes[8] & 0x3fU) | 0x80U);
  return to_hex(out);
}

std::string plain_line(const Record& record, Time now, bool colour) {
  const std::string_view on = colour ? colour_of(record.level) : "";
  const std::string_view off = colour ? "\x1b[0m" : "";
  std::string line = fmt::format("{} {}{:<5}{} {}", local_time(now), on, name_of(record.level), off, record.text);
  if (record.message != nullptr) line += fmt::format(" [{}]", record.message->id);
  return line + '\n';
}

std::string json_line(const Record& record, Time now) {
  boost::json::object out{{"time", to_iso8601(now)}, {"level", name_of(record.level)}};
  if (record.message != nullptr) out["id"] = record.message->id;
  if (!record.about.source.empty()) out["source"] = record.about.source;
  if (!record.about.url.empty()) out["url"] = to_valid_utf8(record.about.url);
  out["message"] = to_valid_utf8(record.text);
  return boost::json::serialize(out) + '\n';
}

std::string prefixed_line(const Record& record) { return fmt::format("<{}>{}\n", priority(record.level), record.text); }

}  // namespace pw::log
