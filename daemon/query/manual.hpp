#pragma once
/// presswatch-query(7), from the tables that the parser uses. Any thread.

#include <string>

namespace pw::query {

/// The page in man(7) macros. What each dialect's examples become is what its reader makes of them.
std::string manual();

}  // namespace pw::query
