#pragma once
/// One request and its response, without redirects: where every cap and the address guard are applied.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"
#include "fetch/guard/address_guard.hpp"
#include "fetch/http/curl_loop.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>

namespace pw::fetch {

/// An immutable snapshot of what holds for every exchange; a reload swaps it.
struct Policy {
  FetchSettings settings;
  AddressGuard guard;
};

struct Exchange {
  std::string url;   ///< absolute http or https, as serialized by parse_url
  std::string host;  ///< of that URL
  std::uint16_t port = 0;
  std::string method = "GET";
  Headers headers;
  std::string body;
  std::string etag, last_modified;
  std::size_t max_body = 0;
  bool keep_prefix = false;                  ///< a body over max_body is cut there instead of being an error
  std::function<void()>* give_up = nullptr;  ///< set while it is under way: ends it unless an answer has begun
};

/// Loop thread only. Errors as Fetcher::fetch. `clock` outlives the coroutine.
boost::asio::awaitable<Result<FetchResponse>> exchange(std::shared_ptr<CurlLoop> loop,
                                                       std::shared_ptr<const Policy> policy, Exchange what,
                                                       const Clock& clock);

}  // namespace pw::fetch
