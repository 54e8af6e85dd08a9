#include "runtime/suspended.hpp"

#include <boost/asio/post.hpp>

#include <chrono>
#include <new>
#include <thread>

namespace pw::runtime {
namespace {

constexpr std::chrono::milliseconds kTryAgain{10};

}  // namespace

void Suspended::resume(const std::shared_ptr<Suspended>& self) noexcept {
  // Posts a copy of the pointer, because a failed attempt would destroy the coroutine with the handler.
  const auto wake = [self] {
    Handler handler = std::move(*self->handler_);
    self->handler_.reset();
    handler();
  };
  while (true) {
    try {
      boost::asio::post(self->guard_.get_executor(), wake);
      return;
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(kTryAgain);
    }
  }
}

}  // namespace pw::runtime
