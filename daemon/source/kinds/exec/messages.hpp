#pragma once
/// The lines that the host and an executable plugin exchange, as proto/PLUGIN_EXEC.md lays them down. Pure; any thread.

#include "config/option_spec.hpp"
#include "config/settings.hpp"
#include "core/result.hpp"
#include "source/plugin.hpp"
#include "source/usable.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pw::exec {

inline constexpr int kProtocol = 1;
inline constexpr std::size_t kMaxLine = std::size_t{16} << 20U;  ///< bytes of one line, the newline not counted
inline constexpr std::size_t kMaxItems = source::kMaxPluginItems;
inline constexpr std::size_t kMaxDepth = 32;  ///< of a line's JSON

/// What the plugin is told once: the source, its options, and what the host allows.
struct Hello {
  const config::SourceSettings& source;
  std::span<const config::OptionSpec> options;
  std::size_t max_answer = 0;
};

/// Each is one JSON object and a newline.
std::string hello_line(const Hello& hello);
std::string poll_line(std::uint64_t id, const source::PollInput& input, Milliseconds deadline);
std::string parse_line(std::uint64_t id, const source::ParseInput& input, Milliseconds deadline);
std::string extract_line(std::uint64_t id, const source::PageInput& input, Milliseconds deadline);
std::string ack_line(std::string_view cursor);

/// What a plugin answers to hello.
struct Ready {
  int protocol = 0;
  std::string version;
  bool extracts = false;  ///< it wants the pages too
};

/// One line of a plugin, checked.
struct Reply {
  enum class Kind : std::uint8_t { ready, emit, result, error } kind = Kind::error;
  std::uint64_t id = 0;  ///< of the call that it belongs to; 0 of ready
  Ready ready;
  source::Emitted emitted;         ///< of emit and result
  std::optional<Article> article;  ///< of emit and result: what extract found
  std::string error;
};

/// Reads a line without its newline. Errc::plugin with what breaks the protocol. Items are settled
/// (source/usable.hpp); unknown members are ignored and take no memory. `now` decides the century of dates.
Result<Reply> read_reply(std::string_view line, Time now);

}  // namespace pw::exec
