#pragma once
/// Removes one watchlist from a file that is also edited by hand.

#include "core/result.hpp"

#include <string>
#include <string_view>

namespace pw::watchlist {

/// Returns the text without the [[watchlist]] with this id, its sub-tables, and one of two empty lines that would
/// become adjacent. All other bytes are unchanged. Comments before the table are kept, as they may refer to anything.
/// The result is parsed again and compared: Errc::unsupported if more than this table would change (inline tables,
/// dotted keys), Errc::not_found if there is no such watchlist. Pure; any thread.
Result<std::string> cut_list(std::string_view text, std::string_view id);

}  // namespace pw::watchlist
