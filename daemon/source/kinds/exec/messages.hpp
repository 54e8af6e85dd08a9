#pragma once
/// The lines exchanged between the host and an executable plugin, as specified in proto/PLUGIN_EXEC.md. Pure; any
/// thread.

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

/// Sent once: the source, its options, and the limits set by the host. Borrows its members.
struct Hello {
  const config::SourceSettings& source;
  std::span<const config::OptionSpec> options;
  std::size_t max_answer = 0;
};

/// Each function returns one JSON object followed by a newline.
std::string hello_line(const Hello& hello);
std::string poll_line(std::uint64_t id, const source::PollInput& input, Milliseconds deadline);
std::string parse_line(std::uint64_t id, const source::ParseInput& input, Milliseconds deadline);
std::string extract_line(std::uint64_t id, const source::PageInput& input, Milliseconds deadline);
std::string ack_line(std::string_view cursor);

/// A plugin's reply to hello.
struct Ready {
  int protocol = 0;
  std::string version;
  bool extracts = false;  ///< the plugin implements extract
};

/// One validated line from a plugin.
struct Reply {
  enum class Kind : std::uint8_t { ready, emit, result, error } kind = Kind::error;
  std::uint64_t id = 0;  ///< the call that it belongs to; 0 for ready
  Ready ready;
  source::Emitted emitted;         ///< for emit and result
  std::optional<Article> article;  ///< for emit and result: the article found by extract
  std::string error;
};

/// Parses a line without its newline. Errc::plugin with the protocol violation. Items are normalised
/// (source/usable.hpp); unknown members are ignored without using memory. `now` determines the century of dates.
Result<Reply> read_reply(std::string_view line, Time now);

}  // namespace pw::exec
