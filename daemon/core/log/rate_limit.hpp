#pragma once
/// Limits how often a message repeats.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::log {

/// Within a minute, a cause (a message id and a source) may log kBurst lines, and a message id with all its sources
/// kBurstOfAll. What exceeds that is counted, and the number is reported once when the minute has passed. One thread at
/// a time.
class RateLimit {
 public:
  using Instant = std::chrono::steady_clock::time_point;

  static constexpr std::uint64_t kBurst = 10;
  static constexpr std::uint64_t kBurstOfAll = 500;
  static constexpr const char* kAllSources = "*";  ///< not the id of any source
  static constexpr std::chrono::seconds kWindow{60};
  static constexpr std::size_t kCausesAtMost = 16'384;  ///< beyond that, sources share the count of their message id

  /// The lines that were left out of a window that has ended.
  struct LeftOut {
    std::string id;
    std::string source;  ///< empty: the message names none; kAllSources: of several
    std::uint64_t lines = 0;

    friend bool operator==(const LeftOut&, const LeftOut&) = default;
  };

  /// Whether to log the line. `left_out` receives what must be reported before it.
  bool admit(std::string_view id, std::string_view source, Instant now, std::vector<LeftOut>& left_out);
  /// What is to be reported now; with `at_once`, also of windows that have not ended.
  std::vector<LeftOut> take_left_out(Instant now, bool at_once = false);

 private:
  struct Count {
    Instant begun{};
    std::uint64_t logged = 0;
    std::uint64_t left_out = 0;
  };
  using Cause = std::pair<std::string, std::string>;

  Count& count_of(const Cause& cause, Instant now, std::vector<LeftOut>& left_out);

  std::map<Cause, Count> counts_;
};

}  // namespace pw::log
