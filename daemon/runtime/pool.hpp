#pragma once
/// A thread pool for CPU-bound work: a coroutine awaits the work and resumes on its own executor.

#include "core/mutex.hpp"
#include "runtime/admission.hpp"
#include "runtime/suspended.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <exception>
#include <list>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

namespace pw::runtime {

/// Owns N threads and a FIFO of work. Loop thread only.
///
/// Nothing is ever dropped: work beyond the capacity waits, with the coroutine that asked for it, which slows its
/// source down. Work counts from when it is accepted until its coroutine resumes. A coroutine that waits may still be
/// cancelled; once its work is accepted, it is done.
class Pool {
 public:
  /// What is in the pool.
  struct Load {
    std::size_t tasks = 0;    ///< accepted, and not finished yet
    std::size_t bytes = 0;    ///< of these tasks
    std::size_t waiting = 0;  ///< coroutines that wait for the capacity
  };

  /// With `threads` 0, one per core. Throws std::system_error if a thread cannot be started.
  Pool(unsigned threads, Capacity capacity);
  ~Pool();
  Pool(const Pool&) = delete;
  Pool& operator=(const Pool&) = delete;

  /// Runs `work()` on the pool and resumes on the caller's executor with its value or exception. `bytes` is about what
  /// the work holds in memory: the body of a response, the text of an article. 0 for work on something small.
  /// Cancelling the coroutine does not interrupt work that has started. Throws std::logic_error after join(), and
  /// std::bad_alloc if there is no memory to queue the work.
  template <class F>
  boost::asio::awaitable<std::invoke_result_t<F>> run(F work, std::size_t bytes = 0);

  /// The same for the few things that must not wait for articles, such as a reload: the next free thread runs it,
  /// whatever the load, and it does not count.
  template <class F>
  boost::asio::awaitable<std::invoke_result_t<F>> run_first(F work);

  /// Waits until whatever waits for the capacity now has been accepted. Call it before fetching what the pool is to
  /// work on; otherwise responses would pile up in memory while they wait for the pool.
  boost::asio::awaitable<void> room();

  /// Finishes all accepted work, then stops the threads; later calls of run() fail. Idempotent. Must not be called from
  /// a pool thread.
  void join();

  [[nodiscard]] Load load() const;
  /// The number of pieces of accepted work that have not started yet. Any thread.
  [[nodiscard]] std::size_t backlog() const;
  [[nodiscard]] std::size_t threads() const noexcept { return threads_.size(); }

 private:
  struct Task : Suspended {
    Task(bool& refused_flag, const boost::asio::any_io_executor& executor)
        : Suspended(executor), refused(refused_flag) {}
    virtual ~Task() = default;
    virtual void execute() noexcept = 0;
    bool& refused;  ///< in the frame of the coroutine
  };
  template <class F>
  struct CoroutineTask;
  /// A list, because moving a node between lists does not allocate memory.
  using Queue = std::list<std::shared_ptr<Task>>;

  enum class Where { front, back };

  template <class F>
  boost::asio::awaitable<std::invoke_result_t<F>> execute(F work, Where where);
  void submit(Queue one, Where where) noexcept;
  void serve() noexcept;

  const std::shared_ptr<Admission> admission_;
  mutable Mutex mutex_;
  Condition filled_;
  Queue tasks_ PW_GUARDED_BY(mutex_);
  bool closed_ PW_GUARDED_BY(mutex_) = false;
  std::vector<std::thread> threads_;
};

/// Holds the suspended coroutine while its work runs, so that its frame is not destroyed meanwhile.
template <class F>
struct Pool::CoroutineTask final : Task {
  CoroutineTask(F& work, bool& refused_flag, const boost::asio::any_io_executor& executor)
      : Task(refused_flag, executor), work_(work) {}

  void execute() noexcept override { work_(); }

  F& work_;
};

template <class F>
boost::asio::awaitable<std::invoke_result_t<F>> Pool::run(F work, std::size_t bytes) {
  const Admission::Share share = co_await admission_->enter(bytes);
  co_return co_await execute(std::move(work), Where::back);
}

template <class F>
boost::asio::awaitable<std::invoke_result_t<F>> Pool::run_first(F work) {
  return execute(std::move(work), Where::front);
}

template <class F>
boost::asio::awaitable<std::invoke_result_t<F>> Pool::execute(F work, Where where) {
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
  bool refused = false;
  // All memory is allocated here, where std::bad_alloc can still be thrown to this coroutine.
  Queue place;
  place.push_back(
      std::make_shared<CoroutineTask<decltype(guarded)>>(guarded, refused, co_await boost::asio::this_coro::executor));
  auto initiate = [this, &place, where](Suspended::Handler handler) noexcept {
    place.front()->hold(std::move(handler));
    submit(std::move(place), where);
  };
  co_await boost::asio::async_initiate<const boost::asio::use_awaitable_t<>, void()>(initiate,
                                                                                     boost::asio::use_awaitable);
  if (refused) throw std::logic_error("work was given to the pool after join()");
  if (error) std::rethrow_exception(error);
  if constexpr (!std::is_void_v<Value>) co_return std::move(*value);
}

}  // namespace pw::runtime
