#include "runtime/accept.hpp"

#include "core/log.hpp"

#include <boost/asio/error.hpp>

#include <algorithm>
#include <cerrno>

namespace pw::runtime {
namespace {

using namespace std::chrono_literals;

constexpr unsigned kTransientAtOnce = 16;
constexpr std::chrono::seconds kSayEvery{60};

}  // namespace

AcceptError classify_accept_error(const boost::system::error_code& error) {
  if (error == boost::asio::error::operation_aborted) return AcceptError::closed;
  switch (error.value()) {
    case EBADF:
    case EFAULT:
    case EINVAL:
    case ENOTSOCK: return AcceptError::fatal;
    // accept(2): errors already pending on the new socket, and EPERM from a firewall.
    case EAGAIN:
    case EINTR:
    case ECONNABORTED:
    case EPERM:
    case EPROTO:
    case ENETDOWN:
    case ENOPROTOOPT:
    case EHOSTDOWN:
    case ENONET:
    case EHOSTUNREACH:
    case EOPNOTSUPP:
    case ENETUNREACH:
    case ETIMEDOUT: return AcceptError::transient;
    default: return AcceptError::shortage;
  }
}

std::optional<Milliseconds> AcceptBackoff::failed(const boost::system::error_code& error) {
  switch (classify_accept_error(error)) {
    case AcceptError::closed: return std::nullopt;
    case AcceptError::fatal:
      log::say("socket-broken", "{} no longer accepts connections: {}. Restart presswatchd", name_, error.message());
      return std::nullopt;
    case AcceptError::transient:
      if (++transient_ <= kTransientAtOnce) return 0ms;
      break;
    case AcceptError::shortage: break;
  }
  rest_ = std::clamp(rest_ * 2, kFirstRest, kLongestRest);
  say(error.message());
  return rest_;
}

void AcceptBackoff::say(const std::string& message) {
  const auto now = std::chrono::steady_clock::now();
  if (said_ || (last_said_ && now - *last_said_ < kSayEvery)) return;
  said_ = true;
  last_said_ = now;
  log::say("socket-paused",
           "{} cannot accept connections: {}. Retrying every second. If this happens often, raise the descriptor limit "
           "of presswatchd (LimitNOFILE)",
           name_, message);
}

void AcceptBackoff::accepted() {
  rest_ = 0ms;
  transient_ = 0;
  if (std::exchange(said_, false)) log::say("socket-resumed", "{} accepts connections again", name_);
}

}  // namespace pw::runtime
