#pragma once
/// Error messages of the verbs.

#include <string_view>

namespace pw::cli {

/// Writes the message to standard error, truncated to 16 KiB, with terminal control characters escaped except line
/// breaks. Returns kExitFailed.
int report(std::string_view message);

}  // namespace pw::cli
