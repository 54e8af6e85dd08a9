#pragma once
/// Caches the robots.txt of each origin for a day (RFC 9309, section 2.4).

#include "core/result.hpp"
#include "core/time.hpp"
#include "fetch/robots/robots.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>

namespace pw::fetch {

/// Loop thread only. Stores results; fetches nothing. `clock` must outlive it. A result is forgotten when it has been
/// stale for a day and others come, or when there are too many; the next visit asks again.
class RobotsCache {
 public:
  enum class Verdict { rules, allow_all, disallow_all };
  /// The stored result for one origin. `rules` is set for Verdict::rules.
  struct Answer {
    Verdict verdict = Verdict::allow_all;
    int status = 0;
    std::optional<Robots> rules;
    std::chrono::steady_clock::time_point until{};
  };

  explicit RobotsCache(const Clock& clock) : clock_(clock) {}

  /// The cached result if it is still fresh, otherwise nullptr.
  [[nodiscard]] std::shared_ptr<const Answer> find(const std::string& origin) const;
  /// Stores the result of a response by RFC 9309, 2.3.1: for 2xx the rules, for 4xx everything allowed, for 5xx and 429
  /// nothing allowed (for ten minutes; older rules, if any, stay in force). `rules` is the parsed body of a 2xx
  /// response.
  std::shared_ptr<const Answer> keep(const std::string& origin, int status, std::optional<Robots> rules);
  static bool has_rules(int status) noexcept { return status >= 200 && status < 300; }

  [[nodiscard]] std::size_t size() const noexcept { return answers_.size(); }
  /// Approximate memory of the stored rules.
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }

  static constexpr std::size_t kMostOrigins = 50'000;
  static constexpr std::size_t kMostBytes = std::size_t{32} << 20U;

 private:
  using Answers = std::unordered_map<std::string, std::shared_ptr<const Answer>>;
  void put(const std::string& origin, std::shared_ptr<const Answer> answer);
  Answers::iterator drop(Answers::iterator answer);
  void forget_stale();

  const Clock& clock_;
  Answers answers_;
  std::size_t bytes_ = 0;
  std::size_t sweep_at_ = 1024;
};

}  // namespace pw::fetch
