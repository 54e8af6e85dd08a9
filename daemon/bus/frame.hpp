#pragma once
/// The 64-byte header of LIVE messages and replayed alerts (proto/BUS.md, section 3). Big-endian.

#include "core/id.hpp"
#include "core/log_source.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pw::bus {

inline constexpr std::size_t kHeaderSize = 64;
inline constexpr std::uint8_t kVersion = 1;
inline constexpr std::uint32_t kStopping = 1;  ///< flag: the server is shutting down

/// The fields of a header, in host byte order.
struct Header {
  std::uint8_t version = kVersion;
  char kind = 'A';  ///< A: alert, H: heartbeat, S: source health
  Id log_id;
  std::uint64_t seq = 0;
  std::uint64_t cseq = 0;
  std::int64_t time_ms = 0;
  Id id;
  std::uint32_t flags = 0;

  friend bool operator==(const Header&, const Header&) = default;
};

std::string encode(const Header& header);

/// Returns nullopt for a foreign frame. A header of a newer version is returned with that version.
std::optional<Header> decode(std::string_view bytes);

Header header_of(const StoredAlert& alert, const Id& log_id);

/// "A/<channel>/<source>", at most 200 bytes.
std::string topic_of(const StoredAlert& alert);

}  // namespace pw::bus
