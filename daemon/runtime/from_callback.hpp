#pragma once
/// Awaits an operation that reports its result through a callback on another thread (store, bus).

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace pw::runtime {

/// Calls `start(done)` at once, on the caller's thread. `done` is a std::function<void(T)> that is to be called exactly
/// once, from any thread; the coroutine resumes on its own executor with the value.
/// Name the lambda that is passed (GCC 12 destroys one written inside co_await twice).
template <class T, class Start>
boost::asio::awaitable<T> from_callback(Start start) {
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  std::optional<T> value;
  auto initiate = [&start, &value, &executor](auto handler) {
    struct Pending {
      decltype(handler) resume;
      boost::asio::executor_work_guard<boost::asio::any_io_executor> guard;
      std::optional<T>& value;
    };
    auto pending = std::shared_ptr<Pending>(new Pending{
        std::move(handler), boost::asio::executor_work_guard<boost::asio::any_io_executor>(executor), value});
    start(std::function<void(T)>([pending](T answer) {
      pending->value.emplace(std::move(answer));
      boost::asio::post(pending->guard.get_executor(), std::move(pending->resume));
    }));
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(initiate,
                                                                                     boost::asio::use_awaitable);
  co_return std::move(*value);
}

}  // namespace pw::runtime
