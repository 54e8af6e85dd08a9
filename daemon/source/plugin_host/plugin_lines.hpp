#pragma once
/// The plugin's side of the lines in proto/PLUGIN_EXEC.md: reads what presswatch says, writes what a Source answers.
/// Pure; any thread. The other side is exec/messages.hpp.

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

/// One line of presswatch. Which members count depends on the kind.
struct Message {
  enum class Kind : std::uint8_t { hello, poll, parse, extract, ack } kind = Kind::hello;
  std::uint64_t id = 0;
  Time now{};
  config::SourceSettings source;  ///< of hello
  bool speaks_our_protocol = false;
  std::string cursor, tag, url, content_type;
  std::string body;  ///< of parse; the html of extract
};

/// Errc::parse for a line that is none of the protocol. `options` are those that the manifest declares.
Result<Message> read_message(std::string_view line, std::span<const config::OptionSpec> options);

std::string ready_line(std::string_view version, bool extracts);
/// What a call gave: as many emit lines as it needs, none of which is much longer than 1 MiB plus one item, and a
/// result.
std::string answer_lines(std::uint64_t id, const source::Emitted& emitted);
std::string article_line(std::uint64_t id, const std::optional<Article>& article);
std::string error_line(std::uint64_t id, std::string_view message);

}  // namespace pw::plugin_host
