#include "core/service_thread.hpp"

#include "core/log.hpp"
#include "core/message_of.hpp"

#include <pthread.h>

#include <csignal>
#include <exception>
#include <utility>

namespace pw {
namespace {

constexpr std::size_t kLongestName = 15;

/// The message of the exception that the body threw; empty if it returned normally.
std::string run(const std::function<void()>& body) {
  try {
    body();
    return {};
  } catch (const std::exception& error) {
    return *error.what() != '\0' ? message_of(error) : "an exception without a message";
  } catch (...) {
    return "unknown exception";
  }
}

void enter(const std::string& name, const std::function<void()>& body, const ServiceThread::OnFailed& on_failed) {
  pthread_setname_np(pthread_self(), name.substr(0, kLongestName).c_str());
  const std::string failure = run(body);
  if (failure.empty() || !on_failed) return;
  const std::string again = run([&] { on_failed(failure); });
  if (!again.empty())
    log::say("thread-failed", "the thread {} failed ({}), and so did the report of it: {}", name, failure, again);
}

/// Blocks signals while a thread is created, so that they are blocked in it from its first instruction.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

ServiceThread::ServiceThread(const std::string& name, std::function<void()> body, OnFailed on_failed) {
  const SignalsBlocked blocked;
  thread_ =
      std::thread([name, body = std::move(body), on_failed = std::move(on_failed)] { enter(name, body, on_failed); });
}

ServiceThread& ServiceThread::operator=(ServiceThread&& other) noexcept {
  join();
  thread_ = std::move(other.thread_);
  return *this;
}

void ServiceThread::join() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace pw
