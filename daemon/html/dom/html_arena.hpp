#pragma once
/// Memory for one run of a C parser: released as a whole, with a hard limit.

#include <array>
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace pw::html {

/// Allocates from blocks of growing size; freed pieces are reused for requests of the same size. When the limit is
/// reached, take() does not return but longjmps to `overflow`, which the caller must have set in a frame below the C
/// code. No frame in between may hold an object with a destructor. Not thread-safe.
class Arena {
 public:
  explicit Arena(std::size_t cap) : cap_(cap) {}

  /// Allocates memory with the alignment of pointers and of numbers of the same size.
  void* take(std::size_t bytes) noexcept;
  /// Frees memory obtained from take(). nullptr is allowed.
  void give_back(void* piece) noexcept;
  std::jmp_buf overflow;

 private:
  /// Precedes each piece. In a free piece it is followed by the link of the free list.
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
  std::array<Free*, 64> returned_{};  ///< free lists, by size in units of pointers; larger pieces are not reused
};

}  // namespace pw::html
