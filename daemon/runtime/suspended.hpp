#pragma once
/// Holds a coroutine that waits for another thread, so that waking it cannot fail.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace pw::runtime {

/// Owns a coroutine while it is suspended. Create it before the coroutine suspends, so that a failed allocation can
/// still be thrown to the coroutine. Counts as outstanding work of the executor.
class Suspended {
 public:
  using Handler = boost::asio::async_result<boost::asio::use_awaitable_t<>, void()>::handler_type;

  explicit Suspended(const boost::asio::any_io_executor& executor) : guard_(executor) {}

  /// Takes ownership of the coroutine. Call it before resume().
  void hold(Handler handler) noexcept { handler_.emplace(std::move(handler)); }

  /// Resumes the coroutine on its executor. Any thread, once. Retries while memory is short, because no caller is left
  /// to receive an error.
  static void resume(const std::shared_ptr<Suspended>& self) noexcept;

 private:
  boost::asio::executor_work_guard<boost::asio::any_io_executor> guard_;
  std::optional<Handler> handler_;
};

}  // namespace pw::runtime
