#pragma once
/// The table of messages (core/log/messages.hpp) in the forms that people read.

#include "core/log/messages.hpp"

#include <span>
#include <string>

namespace pw::cli {

/// Id, level, cause and cure of each, for a terminal.
std::string message_texts(std::span<const log::Message> messages);
/// docs/messages.md.
std::string message_page();
/// A catalog for `journalctl --catalog`, https://systemd.io/CATALOG.
std::string message_catalog();

}  // namespace pw::cli
