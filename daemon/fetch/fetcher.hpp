#pragma once
/// The only HTTP client of presswatch: every outgoing request goes through Fetcher::fetch.

#include "core/result.hpp"
#include "core/time.hpp"
#include "fetch/fetch_types.hpp"
#include "fetch/http_client.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstdint>
#include <memory>

namespace pw::runtime {
class Pool;
}

namespace pw::fetch {

/// Counters since the start, and current numbers.
struct FetchStats {
  std::uint64_t requests = 0;   ///< fetches started
  std::uint64_t exchanges = 0;  ///< requests sent, including redirects and robots.txt
  std::uint64_t not_modified = 0;
  std::uint64_t failed = 0;      ///< fetches that ended with an Error
  std::uint64_t refused = 0;     ///< of these, refused by the address guard or robots.txt
  std::uint64_t body_bytes = 0;  ///< total decoded size
  std::size_t active = 0;        ///< visits in progress
  std::size_t waiting = 0;       ///< fetches waiting for their host
};

/// Owns all connections, the queue of each host and the robots.txt cache. Loop thread only, including construction.
///
/// Politeness: one visit per host at a time, with `min_gap` between visits (redirects within the host and robots.txt
/// are part of the visit); owners take turns at a host. robots.txt follows RFC 9309 and is cached for a day; its
/// crawl-delay, up to a minute, is a minimum for the gap. Retry-After on 429 and 503 holds the owner, or the whole host
/// once it has been sent to two owners. No cookies, no Referer.
///
/// A status of 400 or above is a response, not an Error. Errors:
///   refused    forbidden by the address guard or robots.txt
///   busy       the host requested a pause (Retry-After) that is not over; not a failure of the source
///   timeout, io, too_large, http (too many redirects), invalid (URL, method, header), cancelled
///   unsupported  an unsupported compression
class Fetcher final : public HttpClient {
 public:
  /// A visit begins when the pool, which works on what is fetched, has room for more. Long bodies are
  /// decoded and robots.txt files are parsed on the pool, which must accept work until every fetch has ended; without a
  /// pool, on the loop. Throws
  /// std::invalid_argument for an invalid allow_addresses entry or proxy.
  Fetcher(const boost::asio::any_io_executor& executor, FetchSettings settings, const Clock& clock,
          runtime::Pool* pool = nullptr);
  ~Fetcher() override;
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  boost::asio::awaitable<Result<FetchResponse>> fetch(FetchRequest request) override;
  void forget_owner(const std::string& owner) override;
  void cancel_all() override;

  /// Applies new settings to fetches that start later. Keeps the robots.txt cache and pauses. Throws like the
  /// constructor.
  void update(FetchSettings settings);

  /// Throws what update() would throw, without changing anything.
  static void check(const FetchSettings& settings);

  [[nodiscard]] FetchStats stats() const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace pw::fetch
