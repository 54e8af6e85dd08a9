#include "bus/live_guard.hpp"

#include "bus/connection.hpp"
#include "core/log.hpp"

#include <spdlog/fmt/fmt.h>
#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <exception>
#include <stdexcept>
#include <thread>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kAfterFailure = 100ms;
constexpr int kEventsAtOnce = 64;

int make_epoll() {
  const int made = ::epoll_create1(EPOLL_CLOEXEC);
  if (made < 0) throw std::runtime_error("epoll: out of file descriptors");
  return made;
}

}  // namespace

LiveGuard::LiveGuard(zmq::context_t& context, zmq::socket_t& socket, std::size_t most, const Clock& clock)
    : socket_(socket), most_(most), clock_(clock), monitor_(context, socket, "LIVE"), epoll_(make_epoll()) {}

LiveGuard::~LiveGuard() {
  close();
  ::close(epoll_);
}

void LiveGuard::start() {
  cutter_.bound_to(socket_.get(zmq::sockopt::last_endpoint));
  thread_ = ServiceThread(
      "bus guard", [this] { run(); },
      [](const std::string& why) {
        log::say("bus-guard-ended", "LIVE: its connections are not watched any more: {}", why);
      });
}

void LiveGuard::close() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
  }
  wake_.signal();
  thread_.join();
  monitor_.close();
}

std::vector<int> LiveGuard::closed_since() {
  const MutexLock lock(mutex_);
  return std::exchange(closed_, {});
}

void LiveGuard::read(int descriptor, std::size_t bytes) {
  const MutexLock lock(mutex_);
  read_[descriptor] += bytes;
}

void LiveGuard::cut(int descriptor, std::string why) {
  const MutexLock lock(mutex_);
  cuts_.emplace_back(descriptor, std::move(why));
  wake_.signal();
}

void LiveGuard::run() {
  bool well = true;
  while (true) {
    {
      const MutexLock lock(mutex_);
      if (stopping_) return;
    }
    try {
      turn();
      well = true;
    } catch (const std::exception& error) {
      if (std::exchange(well, false))
        log::say("bus-guard-failed", "LIVE: its connections are not watched now: {}", error.what());
      std::this_thread::sleep_for(kAfterFailure);
    }
  }
}

void LiveGuard::turn() {
  std::array<zmq::pollitem_t, 3> items{
      {{monitor_.handle(), 0, ZMQ_POLLIN, 0}, {nullptr, epoll_, ZMQ_POLLIN, 0}, {nullptr, wake_.fd(), ZMQ_POLLIN, 0}}};
  zmq::poll(items.data(), items.size(), -1ms);
  wake_.drain();
  follow_monitor();
  take_orders();
  look_at_input();
  connections_ = input_.size();
}

void LiveGuard::follow_monitor() {
  const auto opened = [&](int descriptor) {
    input_.opened(descriptor, clock_.steady());
    epoll_event watch{};
    watch.events = EPOLLIN | EPOLLET;
    watch.data.fd = descriptor;
    const bool full = input_.size() > most_;
    if (!full && ::epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &watch) == 0) return;
    cutter_.cut(descriptor, clock_.steady(), full ? too_many_connections(most_) : "it cannot be watched");
    input_.closed(descriptor);
  };
  monitor_.read(opened, [&](int descriptor) {
    // Not when it opens: the event may come after its first subscriptions, which would be forgotten.
    const MutexLock lock(mutex_);
    closed_.push_back(descriptor);
    input_.closed(descriptor);
  });
}

void LiveGuard::take_orders() {
  std::map<int, std::size_t> read;
  std::vector<std::pair<int, std::string>> cuts;
  {
    const MutexLock lock(mutex_);
    read.swap(read_);
    cuts.swap(cuts_);
  }
  for (const auto& [descriptor, bytes] : read) input_.read(descriptor, bytes);
  for (const auto& [descriptor, why] : cuts) cutter_.cut(descriptor, clock_.steady(), why);
}

void LiveGuard::look_at_input() {
  std::array<epoll_event, kEventsAtOnce> events{};
  const int count = ::epoll_wait(epoll_, events.data(), kEventsAtOnce, 0);
  for (int i = 0; i < count; ++i) look_at(events[static_cast<std::size_t>(i)].data.fd);
}

void LiveGuard::look_at(int descriptor) {
  const auto bytes = bytes_received(descriptor);
  if (!bytes || !input_.has(descriptor)) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
    return;
  }
  const auto excess = input_.received(descriptor, *bytes, clock_.steady());
  if (!excess) return;
  cutter_.cut(excess->descriptor, clock_.steady(),
              fmt::format("it sent {} KiB that nobody could read yet", excess->unread >> 10U));
  input_.closed(excess->descriptor);
}

}  // namespace pw::bus
