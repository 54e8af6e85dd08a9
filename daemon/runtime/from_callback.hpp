#pragma once
/// Awaits an operation that reports its result through a callback on another thread (store, bus).

#include "core/mutex.hpp"
#include "runtime/suspended.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace pw::runtime {

/// Calls `start(done)` at once, on the caller's thread; an exception from it is rethrown in the coroutine. `done` is a
/// std::function<void(T)> that must be called exactly once, from any thread; the coroutine resumes on its own executor
/// with the value.
/// Do not pass a lambda expression directly: GCC 12 destroys a temporary written inside co_await twice, so store it in
/// a named variable.
template <class T, class Start>
boost::asio::awaitable<T> from_callback(Start start) {
  struct Pending : Suspended {
    using Suspended::Suspended;
    Mutex mutex;
    bool suspended PW_GUARDED_BY(mutex) = false;
    std::optional<T> value PW_GUARDED_BY(mutex);
  };
  const auto pending = std::make_shared<Pending>(co_await boost::asio::this_coro::executor);
  start(std::function<void(T)>([pending](T answer) {
    const MutexLock lock(pending->mutex);
    pending->value.emplace(std::move(answer));
    if (pending->suspended) Suspended::resume(pending);
  }));
  auto initiate = [&pending](Suspended::Handler handler) noexcept {
    const MutexLock lock(pending->mutex);
    pending->hold(std::move(handler));
    pending->suspended = true;
    if (pending->value) Suspended::resume(pending);
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(initiate,
                                                                                     boost::asio::use_awaitable);
  const MutexLock lock(pending->mutex);
  co_return std::move(*pending->value);
}

}  // namespace pw::runtime
