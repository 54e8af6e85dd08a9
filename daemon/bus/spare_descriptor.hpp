#pragma once
/// A file descriptor reserved for when the process runs out of them.

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>

namespace pw::bus {

/// Owns two descriptors: one to use, and one to keep its number occupied. One thread.
class SpareDescriptor {
 public:
  /// Throws std::runtime_error when two descriptors cannot be opened.
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

  /// Makes fd() a duplicate of `descriptor`, valid even after that is closed. False when it already is.
  bool follow(int descriptor) noexcept { return ::dup3(descriptor, fd_, O_CLOEXEC) >= 0; }
  void let_go() noexcept { ::dup3(idle_, fd_, O_CLOEXEC); }
  [[nodiscard]] int fd() const noexcept { return fd_; }

 private:
  int idle_;
  int fd_;
};

}  // namespace pw::bus
