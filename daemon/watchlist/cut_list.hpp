#pragma once
/// Takes one watchlist out of a file that people edit.

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace pw::watchlist {

/// The text without the [[watchlist]] of that id and its sub-tables, and without one empty line where two would meet;
/// every other byte stays. Comments in front of the table stay too, for nobody knows whose they are. The result is read
/// again and compared: Errc::unsupported when it would hold anything but the other tables as they were (tables in one
/// line, keys with dots), Errc::not_found when there is no such list.
Result<std::string> cut_list(std::string_view text, std::string_view id);

}  // namespace pw::watchlist
