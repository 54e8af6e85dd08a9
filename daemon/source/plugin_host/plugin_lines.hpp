#pragma once
/// The plugin's side of the protocol in proto/PLUGIN_EXEC.md: parses lines from presswatch, and writes the results of a
/// Source. Pure; any thread. exec/messages.hpp is the other side.

#include "config/option_spec.hpp"
#include "config/settings.hpp"
#include "core/result.hpp"
#include "source/plugin.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pw::plugin_host {

/// One line from presswatch. Which members are used depends on the kind.
struct Message {
  enum class Kind : std::uint8_t { hello, poll, parse, extract, ack } kind = Kind::hello;
  std::uint64_t id = 0;
  Time now{};
  config::SourceSettings source;  ///< for hello
  bool speaks_our_protocol = false;
  std::string cursor, tag, url, content_type;
  std::string body;  ///< for parse; for extract, the HTML
};

/// Errc::parse for a line that does not follow the protocol. `options` are those declared in the manifest.
Result<Message> read_message(std::string_view line, std::span<const config::OptionSpec> options);

std::string ready_line(std::string_view version, bool extracts);
/// The result of a call: as many emit lines as needed, each at most slightly longer than 1 MiB plus one item, followed
/// by a result line.
std::string answer_lines(std::uint64_t id, const source::Emitted& emitted);
std::string article_line(std::uint64_t id, const std::optional<Article>& article);
std::string error_line(std::uint64_t id, std::string_view message);

}  // namespace pw::plugin_host
