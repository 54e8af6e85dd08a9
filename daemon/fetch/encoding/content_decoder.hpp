#pragma once
/// Decodes the content encoding of a response.

#include "core/codec/unpacker.hpp"
#include "core/result.hpp"
#include "fetch/fetch_types.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::fetch {

/// Owns one unpacker for each compression named in Content-Encoding. Ignores names that are not compressions ("UTF-8",
/// "aws-chunked", "identity"), and passes text that was not compressed through unchanged. Not thread-safe.
class ContentDecoder {
 public:
  /// `sink` receives the decoded bytes. A body that grows to more than `max_ratio` times the received size is an error.
  ContentDecoder(const Headers& headers, double max_ratio, ByteSink sink);
  ContentDecoder(const ContentDecoder&) = delete;
  ContentDecoder& operator=(const ContentDecoder&) = delete;

  /// True if nothing is compressed: write() passes everything on as it is.
  [[nodiscard]] bool passes_through() const noexcept { return stages_.empty(); }
  /// True if gzip is the only compression.
  [[nodiscard]] bool is_gzip() const noexcept;
  /// The largest decoded size of a body of this received size.
  [[nodiscard]] std::size_t most_decoded(std::uint64_t received) const noexcept;

  /// Takes the next bytes of the body as received. Returns false when no more are needed: either the sink returned
  /// false, or error() is set.
  bool write(std::string_view received);
  /// Ends the body. Returns false as write() does.
  bool finish();

  /// Errc::io: the data is damaged and nothing could be decoded. Errc::too_large: a decompression bomb.
  /// Errc::unsupported: an unsupported compression.
  [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
  /// A user-readable description of what was wrong although the body could be decoded; otherwise empty.
  [[nodiscard]] const std::string& note() const noexcept { return note_; }
  /// Whether the end of the body is missing.
  [[nodiscard]] bool truncated() const noexcept { return truncated_; }

 private:
  struct Stage {
    std::string coding;
    std::unique_ptr<Unpacker> unpacker;
    std::string head;          ///< bytes received before the first output
    std::uint64_t passed = 0;  ///< bytes passed on
    bool plain = false;        ///< not compressed
    bool over = false;         ///< damaged; further input is ignored
  };

  void add_stages(const Headers& headers);
  bool pass(std::size_t stage, std::string_view bytes);
  bool unpack(std::size_t stage, std::string_view bytes);
  bool read_plain_or_fail(std::size_t stage);
  bool end(std::size_t stage);
  void say(std::string note);

  double max_ratio_;
  ByteSink sink_;
  std::vector<std::unique_ptr<Stage>> stages_;  ///< the coding applied last comes first
  std::uint64_t received_ = 0;
  std::optional<Error> error_;
  std::string note_;
  bool truncated_ = false;
};

}  // namespace pw::fetch
