#include "html/dom/html_arena.hpp"

#include <algorithm>
#include <new>

namespace pw::html {
namespace {

constexpr std::size_t kUnit = sizeof(void*);

}  // namespace

void* Arena::take(std::size_t bytes) noexcept {
  bytes = std::max(kUnit, (bytes + kUnit - 1) & ~(kUnit - 1));
  const std::size_t units = bytes / kUnit;
  if (units < returned_.size() && returned_[units] != nullptr) {
    Free* const again = returned_[units];
    returned_[units] = again->next;
    return again;
  }
  const std::size_t whole = bytes + sizeof(Head);
  if (whole > free_bytes_ && !grow(whole)) std::longjmp(overflow, 1);
  Head* const head = new (free_) Head{bytes};
  free_ += whole;
  free_bytes_ -= whole;
  return head + 1;
}

void Arena::give_back(void* piece) noexcept {
  if (piece == nullptr) return;
  const std::size_t units = (static_cast<Head*>(piece) - 1)->bytes / kUnit;
  if (units < returned_.size()) returned_[units] = new (piece) Free{returned_[units]};
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

}  // namespace pw::html
