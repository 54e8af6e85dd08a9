#pragma once
/// One request and its response, without following redirects. All limits and the address guard are enforced here.

#include "core/result.hpp"
#include "fetch/fetch_types.hpp"
#include "fetch/guard/address_guard.hpp"
#include "fetch/http/curl_loop.hpp"

#include <boost/asio/awaitable.hpp>

#include <functional>
#include <memory>
#include <string>

namespace pw::runtime {
class Pool;
}

namespace pw::fetch {

/// The rules for all exchanges. An immutable snapshot, replaced on reload.
struct Policy {
  FetchSettings settings;
  AddressGuard guard;
};

/// One request, as sent to one host.
struct Exchange {
  std::string url;   ///< absolute http or https URL, as serialised by parse_url
  std::string host;  ///< host of that URL
  std::uint16_t port = 0;
  std::string method = "GET";
  Headers headers;
  std::string body;
  std::string etag, last_modified;
  std::size_t max_body = 0;
  bool keep_prefix = false;                  ///< truncate a body larger than max_body, instead of failing
  std::function<void()>* give_up = nullptr;  ///< set while the exchange is in progress: aborts it unless the response
                                             ///< has started
};

/// Performs one exchange. Loop thread only. A compressed body that is not short is decoded on the pool, if there is
/// one. Errors are those of Fetcher::fetch. `clock` and `pool` must outlive the coroutine.
boost::asio::awaitable<Result<FetchResponse>> exchange(std::shared_ptr<CurlLoop> loop,
                                                       std::shared_ptr<const Policy> policy, Exchange what,
                                                       const Clock& clock, runtime::Pool* pool);

}  // namespace pw::fetch
