#include "bus/connections.hpp"

#include "bus/connection.hpp"
#include "core/log.hpp"

#include <spdlog/fmt/fmt.h>

#include <cstdint>
#include <cstring>
#include <utility>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kCheckEvery = 50ms;
constexpr Milliseconds kCheckSoon = 5ms;  // with a new connection, and while something is unread
constexpr Milliseconds kTellEvery = 10s;

}  // namespace

Connections::Connections(zmq::context_t& context, zmq::socket_t& socket, std::string name)
    : socket_(socket), monitor_(context, zmq::socket_type::pair), name_(std::move(name)) {
  const std::string address = "inproc://monitor-" + name_;
  if (zmq_socket_monitor(socket_.handle(), address.c_str(), ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED) != 0) {
    throw zmq::error_t();
  }
  monitor_.set(zmq::sockopt::linger, 0);
  monitor_.set(zmq::sockopt::rcvhwm, 0);  // else libzmq's own thread would wait for this one
  monitor_.connect(address);
}

Connections::~Connections() { close(); }

void Connections::close() {
  if (!monitor_) return;
  zmq_socket_monitor(socket_.handle(), nullptr, 0);
  monitor_.close();
}

std::vector<int> Connections::update(SteadyTime now) {
  std::vector<int> closed;
  zmq::message_t event;
  zmq::message_t address;
  // An event is two frames: its number (16 bits) and value (32 bits), then the address.
  while (monitor_.recv(event, zmq::recv_flags::dontwait)) {
    std::uint16_t number = 0;
    std::int32_t value = -1;
    if (event.size() == sizeof number + sizeof value) {
      std::memcpy(&number, event.data(), sizeof number);
      std::memcpy(&value, static_cast<const char*>(event.data()) + sizeof number, sizeof value);
    }
    if (event.more() && !monitor_.recv(address, zmq::recv_flags::dontwait)) break;
    if (number == ZMQ_EVENT_ACCEPTED) {
      ledger_.opened(value, now);
    } else if (number == ZMQ_EVENT_DISCONNECTED) {
      ledger_.closed(value);
      closed.push_back(value);
    }
  }
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
  if (endpoint_.empty()) endpoint_ = socket_.get(zmq::sockopt::last_endpoint);
  if (!shut_down(descriptor, endpoint_)) return;
  ledger_.closed(descriptor);
  ++closed_;
  if (told_ != SteadyTime{} && now - told_ < kTellEvery) return;
  const std::uint64_t fresh = closed_ - closed_told_;
  spdlog::warn("{}: closed {} of {}: {}", endpoint_, fresh == 1 ? "a connection" : fmt::format("{} connections", fresh),
               name_, why);
  told_ = now;
  closed_told_ = closed_;
}

}  // namespace pw::bus
