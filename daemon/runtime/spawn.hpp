#pragma once
/// Starts coroutines. Never use bare `detached`: it discards exceptions.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include <list>
#include <memory>
#include <string>

namespace pw::runtime {

/// Starts `task`. An exception that escapes it is logged under `name`; cancellation is not.
void spawn(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> task, std::string name);

/// The coroutines that must finish before shutdown continues. Loop thread only. Each coroutine keeps the group's state
/// alive, so the group may be destroyed first, after which it can no longer be awaited.
class TaskGroup {
 public:
  explicit TaskGroup(boost::asio::any_io_executor executor);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// Like the free function spawn(). A task spawned after cancel() is cancelled at its first suspension.
  void spawn(boost::asio::awaitable<void> task, std::string name);

  /// Cancels every coroutine: its pending operation fails with operation_aborted. Idempotent.
  void cancel();

  /// Completes when the group is empty. Await it from a coroutine outside the group.
  boost::asio::awaitable<void> wait();

  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace pw::runtime
