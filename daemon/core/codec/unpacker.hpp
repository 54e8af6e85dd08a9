#pragma once
/// What undoes a compression, piece by piece.

#include <functional>
#include <string>
#include <string_view>

namespace pw {

/// Takes unpacked bytes; false when it wants no more.
using ByteSink = std::function<bool(std::string_view)>;

/// One compressed stream. One thread at a time.
class Unpacker {
 public:
  enum class Step {
    more,     ///< all of it was unpacked
    stopped,  ///< the sink wants no more
    damaged,  ///< what stands before the damage was unpacked; problem() says what it is
  };

  virtual ~Unpacker() = default;

  /// The next packed bytes. After `stopped` and `damaged`, nothing may follow.
  virtual Step write(std::string_view packed, const ByteSink& sink) = 0;
  /// Whether the stream may end here.
  [[nodiscard]] virtual bool complete() const noexcept = 0;

  /// The damage, in a few words.
  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }
  /// Bytes behind the end that belong to no stream; they are passed over.
  [[nodiscard]] std::size_t left_over() const noexcept { return left_over_; }

 protected:
  std::string problem_;
  std::size_t left_over_ = 0;
};

}  // namespace pw
