#pragma once
/// Sends lines of the log to systemd's journal, with fields to filter by:
/// `journalctl -u presswatch PRESSWATCH_SOURCE=wire`.

#include "core/log.hpp"

#include <string>
#include <vector>

namespace pw::ops {

/// The fields of a record, "NAME=value": MESSAGE, PRIORITY, SYSLOG_IDENTIFIER; of a message of the table, MESSAGE_ID
/// and PRESSWATCH_MESSAGE; and PRESSWATCH_SOURCE and PRESSWATCH_URL, if it is about one.
std::vector<std::string> journal_fields(const log::Record& record);

/// A log::JournalSender. Any thread.
bool send_to_journal(const log::Record& record);

}  // namespace pw::ops
