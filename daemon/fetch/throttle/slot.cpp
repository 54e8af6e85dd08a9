#include "fetch/throttle/host_throttle.hpp"

#include <utility>

namespace pw::fetch {

HostThrottle::Slot& HostThrottle::Slot::operator=(Slot&& other) noexcept {
  if (this != &other) {
    end();
    throttle_ = std::move(other.throttle_);
    visit_ = std::move(other.visit_);
  }
  return *this;
}

void HostThrottle::Slot::end() {
  const auto visit = std::exchange(visit_, nullptr);
  if (const auto throttle = std::exchange(throttle_, nullptr)) throttle->end_visit(*visit);
}

const std::string& HostThrottle::Slot::host() const noexcept {
  static const std::string none;
  return visit_ ? visit_->host : none;
}

std::function<void()>& HostThrottle::Slot::asks() {
  visit_->unanswered_since = throttle_->clock_.steady();
  throttle_->end_silence();
  return visit_->give_up;
}

}  // namespace pw::fetch
