#pragma once
/// Undoes the content encoding of a response while it comes in.

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

/// Owns one unpacker for each compression that Content-Encoding names. Names that are no compression ("UTF-8",
/// "aws-chunked", "identity") are passed over, and a text that was not compressed at all goes through as it is. Loop
/// thread only.
class ContentDecoder {
 public:
  /// `sink` gets the decoded bytes. A body that grows to more than `max_ratio` times what was received is an error.
  ContentDecoder(const Headers& headers, double max_ratio, ByteSink sink);
  ContentDecoder(const ContentDecoder&) = delete;
  ContentDecoder& operator=(const ContentDecoder&) = delete;

  /// The next bytes of the body as received. False: nothing more is wanted; either the sink said so, or error() is set.
  bool write(std::string_view received);
  /// The body is over. False as above.
  bool finish();

  /// Errc::io: damaged, and nothing could be read. Errc::too_large: a bomb. Errc::unsupported: a compression that is
  /// not undone here.
  [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
  /// What was wrong although the body could be read, for people; else empty.
  [[nodiscard]] const std::string& note() const noexcept { return note_; }
  /// Whether the end of the body is missing.
  [[nodiscard]] bool truncated() const noexcept { return truncated_; }

 private:
  struct Stage {
    std::string coding;
    std::unique_ptr<Unpacker> unpacker;
    std::string head;          ///< what came in before anything went out
    std::uint64_t passed = 0;  ///< bytes that went out
    bool plain = false;        ///< was not compressed
    bool over = false;         ///< damaged; what follows is passed over
  };

  void add_stages(const Headers& headers);
  bool pass(std::size_t stage, std::string_view bytes);
  bool unpack(std::size_t stage, std::string_view bytes);
  bool read_plain_or_fail(std::size_t stage);
  bool end(std::size_t stage);
  void say(std::string note);

  double max_ratio_;
  ByteSink sink_;
  std::vector<std::unique_ptr<Stage>> stages_;  ///< the coding that was applied last comes first
  std::uint64_t received_ = 0;
  std::optional<Error> error_;
  std::string note_;
  bool truncated_ = false;
};

}  // namespace pw::fetch
