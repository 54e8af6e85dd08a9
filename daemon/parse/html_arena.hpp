#pragma once
/// Memory for one run of a C parser: handed out in sequence, given back in whole, with a hard cap.

#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace pw::parse {

/// Blocks of growing size. When the cap is reached, take() does not return: it jumps to `overflow`, which the caller
/// has set in a frame below the C code. Nothing may be on the stack between the two that needs a destructor.
class Arena {
 public:
  explicit Arena(std::size_t cap) : cap_(cap) {}

  void* take(std::size_t bytes) noexcept;
  std::jmp_buf overflow;

 private:
  bool grow(std::size_t bytes) noexcept;

  std::size_t cap_;
  std::size_t total_ = 0;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
};

}  // namespace pw::parse
