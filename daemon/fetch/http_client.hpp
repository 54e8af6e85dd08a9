#pragma once
/// The HTTP interface used by the pipeline; implemented by the fetcher and by an in-memory fake.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"

#include <boost/asio/awaitable.hpp>

#include <string>

namespace pw::fetch {

/// Performs HTTP requests. Loop thread only.
class HttpClient {
 public:
  virtual ~HttpClient() = default;

  /// A status of 400 or above is a response, not an Error. Errc::cancelled if the coroutine is cancelled.
  virtual boost::asio::awaitable<Result<FetchResponse>> fetch(FetchRequest request) = 0;

  /// Lifts the pauses of this owner (FetchRequest::owner), because it has been removed.
  virtual void forget_owner(const std::string& owner) = 0;

  /// Ends all current and later fetches with Errc::cancelled. For shutdown.
  virtual void cancel_all() = 0;
};

}  // namespace pw::fetch
