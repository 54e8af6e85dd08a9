#pragma once
/// Memory for one run of a C parser: given back in whole, with a hard cap.

#include <array>
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace pw::html {

/// Blocks of growing size; pieces that are given back are handed out again for the same size. When the cap is reached,
/// take() does not return: it jumps to `overflow`, which the caller has set in a frame below the C code. Nothing may be
/// on the stack between the two that needs a destructor.
class Arena {
 public:
  explicit Arena(std::size_t cap) : cap_(cap) {}

  /// Aligned for pointers and numbers of their size.
  void* take(std::size_t bytes) noexcept;
  /// A piece of take(), or nullptr.
  void give_back(void* piece) noexcept;
  std::jmp_buf overflow;

 private:
  /// Before every piece; in a free one the list goes on behind it.
  struct Head {
    std::size_t bytes;
  };
  struct Free {
    Free* next;
  };

  bool grow(std::size_t bytes) noexcept;

  std::size_t cap_;
  std::size_t total_ = 0;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;
  std::size_t free_bytes_ = 0;
  std::array<Free*, 64> returned_{};  ///< by size in units of a pointer; larger pieces are not used again
};

}  // namespace pw::html
