#include "fetch/http/exchange.hpp"

#include "core/text.hpp"
#include "fetch/http/transfer.hpp"
#include "runtime/pool.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <optional>
#include <utility>

namespace pw::fetch {

namespace asio = boost::asio;

namespace {

/// A body of this compressed size is decoded in less time than it takes to change the thread and come back.
constexpr std::size_t kDecodedOnLoop = std::size_t{16} << 10U;
constexpr std::size_t kUsualRatio = 5;  ///< of decoded to compressed text

/// A proxy resolves host names itself, where the guard cannot see it, so resolve and check the name here first.
asio::awaitable<std::optional<Error>> check_before_proxy(std::shared_ptr<const Policy> policy, std::string host,
                                                         std::uint16_t port) {
  asio::ip::tcp::resolver resolver(co_await asio::this_coro::executor);
  boost::system::error_code error;
  const auto found =
      co_await resolver.async_resolve(host, std::to_string(port), asio::redirect_error(asio::use_awaitable, error));
  if (error) co_return fail(Errc::io, "cannot resolve {}: {}", printable(host), error.message());
  for (const auto& entry : found) {
    const auto ip = ip_of(*entry.endpoint().data());
    if (!ip) continue;
    if (auto refusal = policy->guard.check(*ip, host, port)) co_return refusal;
  }
  co_return std::nullopt;
}

/// Removes the handle from the loop, however the coroutine ends.
struct InLoop {
  CurlLoop& loop;
  CURL* easy;
  ~InLoop() { loop.remove(easy); }
};

/// Allows the exchange to be aborted as long as no response has started.
struct MayGiveUp {
  std::function<void()>* give_up;
  ~MayGiveUp() {
    if (give_up != nullptr) *give_up = nullptr;
  }
};

}  // namespace

asio::awaitable<Result<FetchResponse>> exchange(std::shared_ptr<CurlLoop> loop, std::shared_ptr<const Policy> policy,
                                                Exchange what, const Clock& clock, runtime::Pool* pool) {
  if (!policy->settings.proxy.empty()) {
    if (auto error = co_await check_before_proxy(policy, what.host, what.port)) co_return std::move(*error);
  }
  Transfer transfer(*policy, what);
  if (transfer.handle() == nullptr) co_return fail(Errc::internal, "{}: out of memory", printable(what.host));

  asio::steady_timer ended(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
  std::optional<CURLcode> code;
  loop->add(transfer.handle(), [&ended, &code](CURLcode result) {
    code = result;
    ended.cancel();
  });
  const InLoop guard{*loop, transfer.handle()};
  bool gave_up = false;
  const MayGiveUp until_the_end{what.give_up};
  if (what.give_up != nullptr) {
    *what.give_up = [&] {
      if (code || transfer.answers()) return;
      gave_up = true;
      ended.cancel();
    };
  }
  boost::system::error_code ignored;
  co_await ended.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  if (!code && gave_up) {
    co_return fail(Errc::timeout, "{}: no response while other hosts were waiting; retrying later with more time",
                   printable(what.host));
  }
  if (!code) co_return fail(Errc::cancelled, "{}: the fetch was cancelled", printable(what.host));
  if (const std::size_t packed = transfer.undecoded(*code); pool != nullptr && packed > kDecodedOnLoop) {
    auto decode = [&transfer] { transfer.decode(); };
    co_await pool->run(std::move(decode), packed * kUsualRatio);
  } else if (packed > 0) {
    transfer.decode();
  }
  co_return transfer.finish(*code, clock);
}

}  // namespace pw::fetch
