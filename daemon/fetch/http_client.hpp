#pragma once
/// What the pipeline needs of HTTP, as an interface: the fetcher, or a fake in memory.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace pw::fetch {

/// Loop thread only.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// A status of 400 and above is a response, not an Error. Ends with Errc::cancelled when the coroutine is cancelled.
  virtual boost::asio::awaitable<Result<FetchResponse>> fetch(FetchRequest request) = 0;

  /// Lifts the pauses that hosts asked of this owner (FetchRequest::owner): it asks no more.
  virtual void forget_owner(const std::string& owner) = 0;

  /// Ends every fetch with Errc::cancelled, those that come later too: for shutdown.
  virtual void cancel_all() = 0;
};

}  // namespace pw::fetch
