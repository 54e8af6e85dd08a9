#include "runtime/admission.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <utility>

namespace pw::runtime {

namespace asio = boost::asio;

Admission::Share::Share(std::shared_ptr<Admission> admission, std::size_t bytes) noexcept
    : admission_(std::move(admission)), bytes_(bytes) {
  ++admission_->tasks_;
  admission_->bytes_ += bytes_;
}

Admission::Share::~Share() {
  if (admission_ == nullptr) return;
  --admission_->tasks_;
  admission_->bytes_ -= bytes_;
  admission_->wake_first();
}

/// A place in the list. Whoever leaves it lets the next one look.
class Admission::Place {
 public:
  Place(Admission& owner, const asio::any_io_executor& loop)
      : owner_(owner),
        timer_(owner.waiting_.emplace(owner.waiting_.end(), loop, asio::steady_timer::time_point::max())) {}
  ~Place() {
    owner_.waiting_.erase(timer_);
    owner_.wake_first();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  [[nodiscard]] bool is_first() const { return timer_ == owner_.waiting_.begin(); }
  asio::steady_timer& timer() { return *timer_; }

 private:
  Admission& owner_;
  std::list<asio::steady_timer>::iterator timer_;
};

asio::awaitable<Admission::Share> Admission::enter(std::size_t bytes) {
  const auto self = shared_from_this();
  if (waiting_.empty() && has_room(bytes)) co_return Share(self, bytes);
  Place place(*this, co_await asio::this_coro::executor);
  boost::system::error_code ignored;
  while (!place.is_first() || !has_room(bytes)) {
    co_await place.timer().async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_return Share(self, bytes);
}

bool Admission::has_room(std::size_t bytes) const noexcept {
  const bool fits = bytes <= capacity_.bytes - std::min(bytes_, capacity_.bytes);
  return tasks_ < std::max<std::size_t>(capacity_.tasks, 1) && (fits || bytes_ == 0);
}

void Admission::wake_first() {
  if (!waiting_.empty()) waiting_.front().cancel();
}

}  // namespace pw::runtime
