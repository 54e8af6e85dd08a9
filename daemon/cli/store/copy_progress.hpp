#pragma once
/// What the verbs that copy the database print.

#include "store/backup.hpp"

#include <string>

namespace pw::cli {

/// Shows the percentage on standard error, if that is a terminal.
store::CopyProgress show_progress();

/// "1,234 alerts up to number 5678 of 2026-03-01T15:20:00Z, 910 articles, 12.3 MiB".
std::string describe(const store::BackupContents& contents);

}  // namespace pw::cli
