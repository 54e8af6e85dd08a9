#pragma once
/// Checks robots.txt before a page is requested.

#include "core/result.hpp"
#include "core/time.hpp"
#include "fetch/fetch_types.hpp"
#include "fetch/http/exchange.hpp"
#include "fetch/http/target.hpp"
#include "fetch/robots/robots_cache.hpp"
#include "runtime/pool.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace pw::fetch {

/// Owns the robots.txt cache. Loop thread only, but rules are parsed, and long rule lists matched, on the pool.
class RobotsCheck {
 public:
  /// Performs one exchange with the origin, as part of a visit.
  using Ask = std::function<boost::asio::awaitable<Result<FetchResponse>>(Exchange)>;

  struct Verdict {
    std::optional<Error> refusal;     ///< why the target must not be fetched
    std::optional<Milliseconds> gap;  ///< the crawl-delay
  };

  /// Without a pool, everything runs on the loop; for tests and single fetches.
  RobotsCheck(const Clock& clock, runtime::Pool* pool) : cache_(clock), pool_(pool) {}

  boost::asio::awaitable<Verdict> check(Target target, std::string token, Ask ask);

 private:
  using Answer = std::shared_ptr<const RobotsCache::Answer>;

  boost::asio::awaitable<Result<Answer>> answer_of(Target target, Ask ask);
  boost::asio::awaitable<Robots> parse(std::string body);
  boost::asio::awaitable<bool> is_allowed(Answer answer, std::string token, std::string url);

  RobotsCache cache_;
  runtime::Pool* pool_;
};

}  // namespace pw::fetch
