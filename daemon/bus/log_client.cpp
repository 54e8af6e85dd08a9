#include "bus/log_client.hpp"

#include "bus/sockets.hpp"

#include <boost/json.hpp>

#include <cerrno>
#include <chrono>
#include <utility>

namespace pw::bus {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr Milliseconds kReplyWithin = 5s;

std::optional<LogReply> read_page(const std::vector<zmq::message_t>& frames) {
  if (frames.size() < 2 || frames[0].to_string_view() != "PWR1") return std::nullopt;
  boost::system::error_code error;
  const json::value head = json::parse(frames[1].to_string_view(), error);
  if (error || !head.is_object()) return std::nullopt;
  LogReply page{head.get_object(), {}};
  for (std::size_t i = 2; i + 1 < frames.size(); i += 2) {
    if (const auto header = decode(frames[i].to_string_view())) {
      page.alerts.push_back({*header, frames[i + 1].to_string(), true});
    }
  }
  return page;
}

}  // namespace

std::vector<zmq::message_t> receive_parts(zmq::socket_t& socket) {
  std::vector<zmq::message_t> frames;
  do {
    zmq::message_t part;
    if (!socket.recv(part, zmq::recv_flags::dontwait)) break;
    frames.push_back(std::move(part));
  } while (frames.back().more());
  return frames;
}

bool wait_readable(zmq::socket_t& socket, Milliseconds wait) {
  zmq::pollitem_t item{socket.handle(), 0, ZMQ_POLLIN, 0};
  try {
    return zmq::poll(&item, 1, wait) > 0;
  } catch (const zmq::error_t& error) {
    if (error.num() != EINTR) throw;
    return false;
  }
}

std::optional<LogReply> LogClient::ask(const json::object& request) {
  zmq::socket_t socket(context_, zmq::socket_type::req);
  socket.set(zmq::sockopt::linger, 0);
  allow_family_of(socket, endpoint_);
  socket.connect(endpoint_);
  socket.send(zmq::str_buffer("PWQ1"), zmq::send_flags::sndmore);
  socket.send(zmq::buffer(json::serialize(request)), zmq::send_flags::none);
  const auto until = Steady::now() + kReplyWithin;
  while (!stopping_ && Steady::now() < until) {
    if (wait_readable(socket, kSubscriberTick)) return read_page(receive_parts(socket));
  }
  return std::nullopt;
}

}  // namespace pw::bus
