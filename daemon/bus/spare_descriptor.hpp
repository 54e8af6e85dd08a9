#pragma once
/// A file descriptor kept for the moment when the process has none left.

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

namespace pw::bus {

/// Owns two: one to use, and one that keeps its place. One thread.
class SpareDescriptor {
 public:
  /// Throws std::runtime_error when there are no two.
  SpareDescriptor() : idle_(::open("/dev/null", O_RDONLY | O_CLOEXEC)), fd_(::fcntl(idle_, F_DUPFD_CLOEXEC, 0)) {
    if (fd_ >= 0) return;
    if (idle_ >= 0) ::close(idle_);
    throw std::runtime_error("out of file descriptors");
  }
  ~SpareDescriptor() {
    ::close(fd_);
    ::close(idle_);
  }
  SpareDescriptor(const SpareDescriptor&) = delete;
  SpareDescriptor& operator=(const SpareDescriptor&) = delete;

  /// fd() is the same file as `descriptor` from now on, whatever becomes of that. False when that is closed.
  bool follow(int descriptor) noexcept { return ::dup3(descriptor, fd_, O_CLOEXEC) >= 0; }
  void let_go() noexcept { ::dup3(idle_, fd_, O_CLOEXEC); }
  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  int idle_;
  int fd_;
};

}  // namespace pw::bus
