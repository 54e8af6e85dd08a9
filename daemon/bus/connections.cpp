#include "bus/connections.hpp"

#include "bus/connection.hpp"

#include <spdlog/fmt/fmt.h>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kCheckEvery = 50ms;
constexpr Milliseconds kCheckSoon = 5ms;  // while a connection is new or has unread input

}  // namespace

Connections::Connections(zmq::context_t& context, zmq::socket_t& socket, const std::string& name, std::size_t most)
    : socket_(socket), monitor_(context, socket, name), cutter_(name), most_(most) {}

std::vector<int> Connections::update(SteadyTime now) {
  std::vector<int> closed;
  const auto opened = [&](int descriptor) {
    ledger_.opened(descriptor, now);
    if (ledger_.size() > most_) cut(descriptor, now, too_many_connections(most_));
  };
  monitor_.read(opened, [&](int descriptor) {
    ledger_.closed(descriptor);
    closed.push_back(descriptor);
  });
  return closed;
}

std::optional<SteadyTime> Connections::next_check() const {
  if (ledger_.size() == 0) return std::nullopt;
  return checked_ + (ledger_.check_soon() ? kCheckSoon : kCheckEvery);
}

void Connections::cut_excess(SteadyTime now, bool drained) {
  const auto due = next_check();
  if (!due || now < *due) return;
  checked_ = now;
  for (const InputLedger::Excess& one : ledger_.check(now, drained, bytes_taken_in)) {
    cut(one.descriptor, now,
        fmt::format("it sent {} KiB that are no whole message, or faster than they can be read", one.unread / 1024));
  }
}

void Connections::cut(int descriptor, SteadyTime now, const std::string& why) {
  if (!bound_) cutter_.bound_to(socket_.get(zmq::sockopt::last_endpoint));
  bound_ = true;
  if (cutter_.cut(descriptor, now, why)) ledger_.closed(descriptor);
}

}  // namespace pw::bus
