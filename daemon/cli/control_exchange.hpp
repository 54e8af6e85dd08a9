#pragma once
/// Sends a line to a Unix socket and reads a line back, with a timeout.

#include "core/time.hpp"

#include <filesystem>
#include <string>

namespace pw::cli {

/// `line` ends with '
/// '; the reply is returned without it. Throws boost::system::system_error: timed_out when there is no reply within
/// `patience`, eof when the peer closes first, and the errors of connecting.
std::string exchange_line(const std::filesystem::path& socket, const std::string& line, Milliseconds patience);

}  // namespace pw::cli
