#pragma once
/// How the verbs say that something could not be done.

#include <string_view>

namespace pw::cli {

/// Writes the message on standard error, at most 16 KiB of it, with nothing in it that a terminal would obey; line ends
/// stay. Returns kExitFailed.
int report(std::string_view message);

}  // namespace pw::cli
