#pragma once
/// Logging through spdlog. Outside text (titles, URLs, server messages) goes through pw::printable first.

#include <spdlog/spdlog.h>

#include <string>
#include <string_view>

namespace pw::log {

enum class Style {
  automatic,  ///< journal when stderr is the journal, else terminal
  terminal,   ///< time, level, message
  journal,    ///< "<N>message" with the syslog level, as sd-daemon(3) defines; the journal adds the time
};

/// Sets up the default logger on stderr, in the place of the one before. Call it before any thread that logs is
/// started. Throws std::invalid_argument on an unknown level (trace debug info warn error off).
void start(std::string_view level, Style style = Style::automatic);

/// Writes out what is buffered. Any thread.
void flush();

}  // namespace pw::log
