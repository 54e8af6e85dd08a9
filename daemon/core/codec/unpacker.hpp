#pragma once
/// The interface of streaming decompressors.

#include <functional>
#include <string>
#include <string_view>

namespace pw {

/// Receives unpacked bytes; returns false to stop.
using ByteSink = std::function<bool(std::string_view)>;

/// One compressed stream. Not thread-safe.
class Unpacker {
 public:
  enum class Step {
    more,     ///< all of the input was unpacked
    stopped,  ///< the sink returned false
    damaged,  ///< everything before the damage was unpacked; problem() describes it
  };

  virtual ~Unpacker() = default;

  /// Unpacks the next bytes. Must not be called again after `stopped` or `damaged`.
  virtual Step write(std::string_view packed, const ByteSink& sink) = 0;
  /// True if the stream may end here.
  [[nodiscard]] virtual bool complete() const noexcept = 0;

  /// A short description of the damage.
  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
  /// The number of bytes after the end that belong to no stream; they are ignored.
  [[nodiscard]] std::size_t left_over() const noexcept { return left_over_; }

 protected:
  std::string problem_;
  std::size_t left_over_ = 0;
};

}  // namespace pw
