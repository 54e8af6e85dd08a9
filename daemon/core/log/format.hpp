#pragma once
/// The forms of a line of the log. Pure functions; any thread.

#include "core/log.hpp"
#include "core/time.hpp"

#include <string>
#include <string_view>

namespace pw::log {

/// The syslog priority: 2 (critical) to 7 (debug).
int priority(Level level) noexcept;
/// "debug", "info", "warn", "error" or "critical".
std::string_view name_of(Level level) noexcept;
/// The MESSAGE_ID of the journal: 32 hex digits derived from the id of the message.
std::string message_uuid(std::string_view id);

/// "2026-03-01 15:20:00.250 warn  text [id]", in local time.
std::string plain_line(const Record& record, Time now, bool colour);
/// {"time": …, "level": …, "id": …, "source": …, "url": …, "message": …}; members without a value are left out.
std::string json_line(const Record& record, Time now);
/// "<4>text".
std::string prefixed_line(const Record& record);

}  // namespace pw::log
