#include "bus/sockets.hpp"

#include "bus/endpoint.hpp"

#include <spdlog/fmt/fmt.h>

#include <cerrno>
#include <stdexcept>

namespace pw::bus {
namespace {

constexpr int kLiveHighWater = 1000;  // a slow reader loses live copies and recovers them from the log
constexpr int kLogHighWater = 16;
constexpr int kMaxInbound = 8192;  // maximum bytes of one frame from a client
constexpr int kInboundBuffer = 128 * 1024;
// For LIVE, whose clients send little. The kernel's minimum limits a client to a few MB/s, which the bus can keep up
// with. With a larger buffer, XPUB would read a hundred MB before anybody could check.
constexpr int kLeastBuffer = 1;

void configure(zmq::socket_t& socket, int high_water) {
  socket.set(zmq::sockopt::sndhwm, high_water);
  // Zero means that reading never pauses: if a connection breaks while its input is paused, a heartbeat of either side
  // can abort libzmq 4.3.4 (stream_engine_base.cpp:331). Connections and LiveGuard enforce the limits instead.
  socket.set(zmq::sockopt::rcvhwm, 0);
  socket.set(zmq::sockopt::rcvbuf, kInboundBuffer);
  socket.set(zmq::sockopt::maxmsgsize, static_cast<std::int64_t>(kMaxInbound));
  socket.set(zmq::sockopt::handshake_ivl, 2000);
  socket.set(zmq::sockopt::backlog, 256);
  socket.set(zmq::sockopt::linger, 0);
}

int descriptor_of(zmq::message_t& part) { return zmq_msg_get(part.handle(), ZMQ_SRCFD); }

}  // namespace

void configure_live(zmq::socket_t& socket) {
  configure(socket, kLiveHighWater);
  socket.set(zmq::sockopt::heartbeat_ivl, 2000);
  socket.set(zmq::sockopt::heartbeat_timeout, 6000);
  socket.set(zmq::sockopt::heartbeat_ttl, 6000);
  socket.set(zmq::sockopt::xpub_verboser, 1);
  socket.set(zmq::sockopt::rcvbuf, kLeastBuffer);
}

void configure_log(zmq::socket_t& socket) {
  configure(socket, kLogHighWater);
  // Replaces ZMTP heartbeats, see above: the kernel closes dead connections.
  socket.set(zmq::sockopt::tcp_keepalive, 1);
  socket.set(zmq::sockopt::tcp_keepalive_idle, 30);
  socket.set(zmq::sockopt::tcp_keepalive_intvl, 10);
  socket.set(zmq::sockopt::tcp_keepalive_cnt, 3);
  socket.set(zmq::sockopt::router_mandatory, 1);
}

void listen_on(zmq::socket_t& socket, const std::string& endpoint, std::string_view setting) {
  if (const auto free = check_free(endpoint, setting); !free) throw std::runtime_error(free.error().message);
  allow_family_of(socket, endpoint);
  try {
    socket.bind(endpoint);
  } catch (const zmq::error_t& error) {
    throw std::runtime_error(
        fmt::format("the bus cannot listen on {}: {}. Stop what listens there, or set bus.{} to "
                    "another address",
                    endpoint, error.what(), setting));
  }
}

void allow_family_of(zmq::socket_t& socket, const std::string& endpoint) {
  // libzmq does not know IPv6 addresses without it, and says "No such device".
  if (endpoint.starts_with("tcp://[")) socket.set(zmq::sockopt::ipv6, true);
}

Received receive(zmq::socket_t& socket, std::size_t max_frames) {
  Received out;
  zmq::message_t part;
  do {
    if (!socket.recv(part, zmq::recv_flags::dontwait)) break;
    if (out.frames.empty()) out.descriptor = descriptor_of(part);
    if (out.frames.size() < max_frames) out.frames.push_back(part.to_string());
  } while (part.more());
  return out;
}

Sent try_send(zmq::socket_t& socket, const std::vector<std::string>& frames) {
  // All parts are allocated before the first is sent: a truncated message would swallow the next one.
  std::vector<zmq::message_t> parts;
  parts.reserve(frames.size());
  for (const std::string& frame : frames) parts.emplace_back(frame.data(), frame.size());
  try {
    for (zmq::message_t& part : parts) {
      const auto more = &part != &parts.back() ? zmq::send_flags::sndmore : zmq::send_flags::none;
      if (!socket.send(part, more | zmq::send_flags::dontwait)) return Sent::full;
    }
  } catch (const zmq::error_t& error) {
    if (error.num() != EHOSTUNREACH) throw;
    return Sent::gone;
  }
  return Sent::yes;
}

void send(zmq::socket_t& socket, const std::vector<std::string>& frames) { (void)try_send(socket, frames); }

}  // namespace pw::bus
