#include "cli/message_reference.hpp"

#include "core/log/format.hpp"

#include <spdlog/fmt/fmt.h>

#include <string_view>

namespace pw::cli {
namespace {

constexpr const char* kPageHead = R"(# Messages

Every warning and error of presswatch has an id. In plain lines it stands in brackets at the end:

    2026-03-01 15:20:00.250 warn  wire: failing: the server answered 503 [source-failing]

`presswatch messages ID` explains one on the spot. An id never changes its meaning.

## Where the log goes

`log.format` in presswatch.toml decides. With `auto`, the default, the daemon writes to the journal if systemd connected its standard
error to it, and plain lines to standard error otherwise. `json` writes an object per line, with the members `time`, `level`, `id`,
`source`, `url` and `message`, each if there is one. Lines in the journal have these fields:

| field | |
|---|---|
| `MESSAGE`, `PRIORITY` | the text, and 2 (critical), 3 (error), 4 (warning), 6 (info) or 7 (debug) |
| `MESSAGE_ID` | a UUID of the message, listed below |
| `PRESSWATCH_MESSAGE` | the id of the message |
| `PRESSWATCH_SOURCE` | the id of the source that it is about |
| `PRESSWATCH_URL` | the URL that it is about |

    journalctl -u presswatch PRESSWATCH_SOURCE=wire
    journalctl -u presswatch PRESSWATCH_MESSAGE=store-not-writable -p err

## What is left out

Within a minute, a message about one source is logged ten times at most, and a message about all sources 500 times. After that minute,
one line says how many more there were: `37 more messages "page-unreadable" of wire in the last minute`. Critical messages are never left
out.

Passwords and tokens are masked as `***`: user and password of a URL, the values of parameters whose names say that they are secret
(`token`, `api_key`, `signature` and the like), and the credentials of Authorization headers.

## The messages
)";

/// Breaks a paragraph into lines.
std::string wrapped(std::string_view text) {
  constexpr std::size_t kWidth = 120;
  std::string out;
  while (text.size() > kWidth) {
    const std::size_t space = text.rfind(' ', kWidth);
    if (space == std::string_view::npos) break;
    out += std::string(text.substr(0, space)) + '\n';
    text.remove_prefix(space + 1);
  }
  return out + std::string(text) + '\n';
}

}  // namespace

std::string message_texts(std::span<const log::Message> messages) {
  std::string out;
  for (const log::Message& one : messages) {
    out += fmt::format("{}{} ({})\n  cause  {}\n", out.empty() ? "" : "\n", one.id, log::name_of(one.level), one.cause);
    if (!one.cure.empty()) out += fmt::format("  cure   {}\n", one.cure);
    out += fmt::format("  MESSAGE_ID={}\n", log::message_uuid(one.id));
  }
  return out;
}

std::string message_page() {
  std::string out = kPageHead;
  for (const log::Message& one : log::kMessages) {
    out += fmt::format("\n### {}\n\nLevel {}, MESSAGE_ID `{}`.\n\n{}", one.id, log::name_of(one.level),
                       log::message_uuid(one.id), wrapped(one.cause));
    if (!one.cure.empty()) out += '\n' + wrapped(fmt::format("**What to do:** {}", one.cure));
  }
  return out;
}

std::string message_catalog() {
  std::string out;
  for (const log::Message& one : log::kMessages) {
    out += fmt::format("-- {}\nSubject: presswatch: {}\nDefined-By: presswatch\n\n{}\n\n", log::message_uuid(one.id),
                       one.id, one.cause);
    if (!one.cure.empty()) out += fmt::format("{}\n\n", one.cure);
  }
  return out;
}

}  // namespace pw::cli
