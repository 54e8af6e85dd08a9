#pragma once
/// Wakes a polling thread through an eventfd(2). signal() is safe from any thread.

#include <sys/eventfd.h>
#include <unistd.h>

#include <cstdint>
#include <stdexcept>

namespace pw::bus {

/// Owns the descriptor. The constructor throws std::runtime_error when the process is out of descriptors.
class EventFd {
 public:
  EventFd() : fd_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    if (fd_ < 0) throw std::runtime_error("eventfd: out of file descriptors");
  }
  ~EventFd() { ::close(fd_); }
  EventFd(const EventFd&) = delete;
  EventFd& operator=(const EventFd&) = delete;

  [[nodiscard]] int fd() const { return fd_; }
  void signal() {
    const std::uint64_t one = 1;
    // Fails only when the counter is at its maximum, and then the thread is awake anyway.
    [[maybe_unused]] const auto written = ::write(fd_, &one, sizeof one);
  }
  void drain() {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto read = ::read(fd_, &count, sizeof count);
  }

 private:
  int fd_;
};

}  // namespace pw::bus
