#include "parse/html_arena.hpp"

#include <algorithm>
#include <new>

namespace pw::parse {

void* Arena::take(std::size_t bytes) noexcept {
  bytes = (bytes + 15) & ~std::size_t{15};
  if (bytes > free_bytes_ && !grow(bytes)) std::longjmp(overflow, 1);
  char* const given = free_;
  free_ += bytes;
  free_bytes_ -= bytes;
  return given;
}

bool Arena::grow(std::size_t bytes) noexcept {
  const std::size_t size = std::max(bytes, std::clamp<std::size_t>(total_ / 2, 256 * 1024, 4 * 1024 * 1024));
  if (bytes > cap_ || total_ > cap_ - bytes) return false;
  std::unique_ptr<char[]> block{new (std::nothrow) char[size]};
  if (!block) return false;
  free_ = block.get();
  free_bytes_ = size;
  total_ += size;
  blocks_.push_back(std::move(block));
  return true;
}

}  // namespace pw::parse
