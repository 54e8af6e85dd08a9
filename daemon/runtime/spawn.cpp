#include "runtime/spawn.hpp"

#include "core/log.hpp"
#include "core/message_of.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <exception>
#include <utility>

namespace pw::runtime {

namespace asio = boost::asio;

namespace {

void report(const std::exception_ptr& error, const std::string& name) noexcept {
  if (!error) return;
  try {
    std::rethrow_exception(error);
  } catch (const boost::system::system_error& e) {
    if (e.code() != asio::error::operation_aborted) log::say("task-failed", "{} ended: {}", name, message_of(e));
  } catch (const std::exception& e) {
    log::say("task-failed", "{} ended: {}", name, message_of(e));
  } catch (...) {
    log::say("task-failed", "{} ended with an unknown exception", name);
  }
}

}  // namespace

void spawn(const asio::any_io_executor& executor, asio::awaitable<void> task, std::string name) {
  asio::co_spawn(executor, std::move(task),
                 [name = std::move(name)](const std::exception_ptr& error) { report(error, name); });
}

struct TaskGroup::State {
  explicit State(asio::any_io_executor e) : executor(std::move(e)), changed(executor) {}

  asio::any_io_executor executor;
  std::list<asio::cancellation_signal> running;
  asio::steady_timer changed;  ///< never expires; cancelled to wake the waiters
  bool cancelled = false;
};

TaskGroup::TaskGroup(asio::any_io_executor executor) : state_(std::make_shared<State>(std::move(executor))) {
  state_->changed.expires_at(asio::steady_timer::time_point::max());
}

TaskGroup::~TaskGroup() = default;

void TaskGroup::spawn(asio::awaitable<void> task, std::string name) {
  const auto signal = state_->running.emplace(state_->running.end());
  auto ended = [state = state_, signal, name = std::move(name)](const std::exception_ptr& error) {
    report(error, name);
    // This handler still runs in the coroutine's cancellation slot, so the signal is erased in a later step.
    asio::post(state->executor, [state, signal] {
      state->running.erase(signal);
      if (state->running.empty()) state->changed.cancel();
    });
  };
  asio::co_spawn(state_->executor, std::move(task), asio::bind_cancellation_slot(signal->slot(), std::move(ended)));
  if (state_->cancelled) signal->emit(asio::cancellation_type::terminal);
}

void TaskGroup::cancel() {
  state_->cancelled = true;
  // Emitting may resume a coroutine that spawns or ends others. Erasures are posted, so the iterators stay valid.
  for (asio::cancellation_signal& signal : state_->running) signal.emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> TaskGroup::wait() {
  const std::shared_ptr<State> state = state_;
  while (!state->running.empty()) {
    boost::system::error_code ignored;
    co_await state->changed.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
}

std::size_t TaskGroup::size() const noexcept { return state_->running.size(); }

}  // namespace pw::runtime
