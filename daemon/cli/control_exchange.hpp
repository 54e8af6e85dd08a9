#pragma once
/// One line to a unix socket and one back, in bounded time.

#include "core/time.hpp"

#include <filesystem>
#include <string>

namespace pw::cli {

/// `line` ends with '\n', the answer comes without it. Throws boost::system::system_error: timed_out when the answer is
/// not there within `patience`, eof when the other end closes before, and what connecting gives.
std::string exchange_line(const std::filesystem::path& socket, const std::string& line, Milliseconds patience);

}  // namespace pw::cli
