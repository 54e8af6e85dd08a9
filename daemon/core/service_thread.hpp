#pragma once
/// A thread that serves one part of the daemon for as long as that part lives.

#include <functional>
#include <string>
#include <thread>

namespace pw {

/// Owns a named thread. Nothing that is thrown in it leaves it, and no signal is delivered to it: signals are for the
/// loop's thread. Owned, moved and joined by one thread.
class ServiceThread {
 public:
  /// Called on the thread, as the last thing that it does, with what the body threw.
  using OnFailed = std::function<void(const std::string& why)>;

  ServiceThread() = default;
  /// Starts it. The system shows the first 15 bytes of `name`. Throws std::system_error when there is no thread to be
  /// had.
  ServiceThread(const std::string& name, std::function<void()> body, OnFailed on_failed);
  /// Waits for its end.
  ~ServiceThread() { join(); }
  ServiceThread(ServiceThread&&) = default;
  ServiceThread& operator=(ServiceThread&& other) noexcept;
  ServiceThread(const ServiceThread&) = delete;
  ServiceThread& operator=(const ServiceThread&) = delete;

  /// Waits for its end; at once where it was not started or is joined already.
  void join();
  [[nodiscard]] bool joinable() const noexcept { return thread_.joinable(); }

 private:
  std::thread thread_;
};

}  // namespace pw
