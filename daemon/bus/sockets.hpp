#pragma once
/// Both sockets of the daemon: how they are set up, and whole messages in and out of them.

#include <string>
#include <string_view>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {

void configure_live(zmq::socket_t& socket);
void configure_log(zmq::socket_t& socket);

/// Throws std::runtime_error with what to do. `setting` is the key of [bus] that the endpoint is from.
void listen_on(zmq::socket_t& socket, const std::string& endpoint, std::string_view setting);

/// A message that was read.
struct Received {
  std::vector<std::string> frames;  ///< the first ones: of a message of more, the others are left out
  int descriptor = -1;              ///< of its connection; -1: not known
};

/// No frames when there is none. Never waits.
Received receive(zmq::socket_t& socket, std::size_t max_frames);

enum class Sent { yes, full, gone };

/// All or nothing: `full` when the peer cannot take the first frame now, `gone` when there is no such peer. Never
/// waits.
Sent try_send(zmq::socket_t& socket, const std::vector<std::string>& frames);

/// The same where nobody asks what became of it.
void send(zmq::socket_t& socket, const std::vector<std::string>& frames);

}  // namespace pw::bus
