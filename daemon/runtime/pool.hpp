#pragma once
/// A thread pool for CPU-bound work: a coroutine awaits the work and resumes on its own executor.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace pw::runtime {

/// Owns N threads and a FIFO of work. Any thread may call it.
/// The queue holds `capacity` pieces of work; a coroutine that comes when it is full waits for a place, in order, and
/// nothing is ever dropped. Whoever starts new work looks at `saturated()` first, so that sources slow down.
class Pool {
 public:
  /// With `threads` 0, one per core. Throws std::system_error if a thread cannot be started.
  Pool(unsigned threads, std::size_t capacity);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Runs `work()` on the pool and resumes on the caller's executor with its value or exception.
  /// Cancelling the coroutine does not interrupt work that was begun. After join() it throws std::logic_error.
  template <class F>
  boost::asio::awaitable<std::invoke_result_t<F>> run(F work);

  /// Finishes all accepted work, then stops the threads; later calls of run() fail. Idempotent. Must not be called from
  /// a pool thread.
  void join();

  /// True when the next coroutine would have to wait for a place.
  [[nodiscard]] bool saturated() const;
  /// Pieces of work not begun yet, those waiting for a place included.
  [[nodiscard]] std::size_t backlog() const;
  [[nodiscard]] std::size_t threads() const noexcept { return threads_.size(); }

 private:
  struct Task {
    virtual ~Task() = default;
    virtual void execute() noexcept = 0;
  };
  template <class F, class Handler>
  struct CoroutineTask;

  void submit(std::unique_ptr<Task> task);
  void serve() noexcept;

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::unique_ptr<Task>> tasks_;
  bool closed_ = false;
  std::vector<std::thread> threads_;
};

/// Holds the suspended coroutine while its work runs, so that its frame cannot go away under the work.
template <class F, class Handler>
struct Pool::CoroutineTask final : Task {
  CoroutineTask(F& work, Handler handler, const boost::asio::any_io_executor& executor)
      : work_(work), handler_(std::move(handler)), guard_(executor) {}

  void execute() noexcept override {
    work_();
    boost::asio::post(guard_.get_executor(), std::move(handler_));
  }

  F& work_;
  Handler handler_;
  boost::asio::executor_work_guard<boost::asio::any_io_executor> guard_;
};

template <class F>
boost::asio::awaitable<std::invoke_result_t<F>> Pool::run(F work) {
  using Value = std::invoke_result_t<F>;
  using Stored = std::conditional_t<std::is_void_v<Value>, bool, Value>;
  std::optional<Stored> value;
  std::exception_ptr error;
  auto guarded = [&]() noexcept {
    try {
      if constexpr (std::is_void_v<Value>) {
        work();
        value.emplace(true);
      } else {
        value.emplace(work());
      }
    } catch (...) {
      error = std::current_exception();
    }
  };
  const boost::asio::any_io_executor executor = co_await boost::asio::this_coro::executor;
  auto initiate = [this, &guarded, &executor](auto handler) {
    using Made = CoroutineTask<decltype(guarded), decltype(handler)>;
    submit(std::make_unique<Made>(guarded, std::move(handler), executor));
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(initiate,
                                                                                     boost::asio::use_awaitable);
  if (error) std::rethrow_exception(error);
  if constexpr (!std::is_void_v<Value>) co_return std::move(*value);
}

}  // namespace pw::runtime
