#pragma once
/// Logging through spdlog. Pass external text (titles, URLs, server messages) through pw::printable first.

#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

namespace pw::log {

enum class Style {
  automatic,  ///< `journal` if stderr is connected to the journal, otherwise `terminal`
  terminal,   ///< time, level, message
  journal,    ///< "<N>message" with the syslog level N, as in sd-daemon(3); the journal adds the time
};

/// Replaces the default logger by one that writes to stderr. Call it before starting any thread that logs. Throws
/// std::invalid_argument for an unknown level (valid: trace debug info warn error off).
void start(std::string_view level, Style style = Style::automatic);

/// Flushes buffered messages. Any thread.
void flush();

}  // namespace pw::log
