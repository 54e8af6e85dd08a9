#include "bus/socket_monitor.hpp"

#include <cstdint>
#include <cstring>

namespace pw::bus {

SocketMonitor::SocketMonitor(zmq::context_t& context, zmq::socket_t& socket, const std::string& name)
    : socket_(socket), monitor_(context, zmq::socket_type::pair) {
  const std::string address = "inproc://monitor-" + name;
  if (zmq_socket_monitor(socket_.handle(), address.c_str(), ZMQ_EVENT_ACCEPTED | ZMQ_EVENT_DISCONNECTED) != 0) {
    throw zmq::error_t();
  }
  monitor_.set(zmq::sockopt::linger, 0);
  monitor_.set(zmq::sockopt::rcvhwm, 0);  // else libzmq's own thread would block on this one
  monitor_.connect(address);
}

SocketMonitor::~SocketMonitor() { close(); }

void SocketMonitor::close() {
  if (!monitor_) return;
  zmq_socket_monitor(socket_.handle(), nullptr, 0);
  monitor_.close();
}

void SocketMonitor::read(const OnDescriptor& opened, const OnDescriptor& closed) {
  zmq::message_t event;
  zmq::message_t address;
  // An event is two frames: the event's number (16 bits) and value (32 bits), then the address.
  while (monitor_.recv(event, zmq::recv_flags::dontwait)) {
    std::uint16_t number = 0;
    std::int32_t value = -1;
    if (event.size() == sizeof number + sizeof value) {
      std::memcpy(&number, event.data(), sizeof number);
      std::memcpy(&value, static_cast<const char*>(event.data()) + sizeof number, sizeof value);
    }
    if (event.more() && !monitor_.recv(address, zmq::recv_flags::dontwait)) break;
    if (number == ZMQ_EVENT_ACCEPTED) opened(value);
    if (number == ZMQ_EVENT_DISCONNECTED) closed(value);
  }
}

}  // namespace pw::bus
