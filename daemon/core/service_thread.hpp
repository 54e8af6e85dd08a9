#pragma once
/// A thread that serves one part of the daemon for as long as that part lives.

#include <functional>
#include <string>
#include <thread>

namespace pw {

/// Owns a named thread. Exceptions do not escape it, and signals are blocked in it, because the loop's thread handles
/// them. Any thread may create, move or join it, but only one at a time.
class ServiceThread {
 public:
  /// Called on the thread as its last action if the body threw, with the exception's message.
  using OnFailed = std::function<void(const std::string& why)>;

  ServiceThread() = default;
  /// Starts the thread. The system shows the first 15 bytes of `name`. Throws std::system_error if no thread can be
  /// created.
  ServiceThread(const std::string& name, std::function<void()> body, OnFailed on_failed);
  /// Joins the thread.
  ~ServiceThread() { join(); }
  ServiceThread(ServiceThread&&) = default;
  ServiceThread& operator=(ServiceThread&& other) noexcept;
  ServiceThread(const ServiceThread&) = delete;
  ServiceThread& operator=(const ServiceThread&) = delete;

  /// Waits for the thread to end; returns at once if it was not started or is already joined.
  void join();
  [[nodiscard]] bool joinable() const noexcept { return thread_.joinable(); }

 private:
  std::thread thread_;
};

}  // namespace pw
