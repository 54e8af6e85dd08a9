#pragma once
/// How coroutines are started: never bare `detached`, which hides exceptions.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>

#include <list>
#include <memory>
#include <string>

namespace pw::runtime {

/// Starts `task`; an exception that leaves it is logged under `name`, a cancellation is not.
void spawn(const boost::asio::any_io_executor& executor, boost::asio::awaitable<void> task, std::string name);

/// The coroutines that must have ended before the daemon may go on with its shutdown. Loop thread only.
/// A coroutine keeps the group's state alive, so the group may be destroyed first; it then cannot be awaited any more.
class TaskGroup {
 public:
  explicit TaskGroup(boost::asio::any_io_executor executor);
  ~TaskGroup();
  TaskGroup(const TaskGroup&) = delete;
  TaskGroup& operator=(const TaskGroup&) = delete;

  /// As the free spawn(); after cancel() the task is cancelled as soon as it first waits.
  void spawn(boost::asio::awaitable<void> task, std::string name);

  /// Asks every coroutine to end: what it waits for fails with operation_aborted. Idempotent.
  void cancel();

  /// Until no coroutine of the group is left. To be awaited by a coroutine outside the group.
  boost::asio::awaitable<void> wait();

  [[nodiscard]] std::size_t size() const noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace pw::runtime
