#pragma once
/// A coroutine that waits for another thread, and how that thread wakes it without being able to fail.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace pw::runtime {

/// Owns a coroutine while it is suspended. It is made before the coroutine suspends, so that whatever needs memory
/// fails where the coroutine can still receive the exception. The executor has work for as long as this lives.
class Suspended {
 public:
  using Handler = boost::asio::async_result<boost::asio::use_awaitable_t<>, void()>::handler_type;

  explicit Suspended(const boost::asio::any_io_executor& executor) : guard_(executor) {}

  /// Takes the coroutine over. Before resume().
  void hold(Handler handler) noexcept { handler_.emplace(std::move(handler)); }

  /// Lets the coroutine go on, on its executor. Any thread, once. While memory is short it is tried again: by now
  /// nobody is left who could receive an error.
  static void resume(const std::shared_ptr<Suspended>& self) noexcept;

 private:
  boost::asio::executor_work_guard<boost::asio::any_io_executor> guard_;
  std::optional<Handler> handler_;
};

}  // namespace pw::runtime
