#pragma once
/// Set-up of the daemon's two sockets; sends and receives whole messages.

#include <string>
#include <string_view>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {

void configure_live(zmq::socket_t& socket);
void configure_log(zmq::socket_t& socket);

/// Binds the socket. Throws std::runtime_error with advice. `setting` is the key of [bus] that holds the endpoint.
void listen_on(zmq::socket_t& socket, const std::string& endpoint, std::string_view setting);

/// Lets the socket use the address family of the endpoint. Call it before it binds or connects.
void allow_family_of(zmq::socket_t& socket, const std::string& endpoint);

/// A received message.
struct Received {
  std::vector<std::string> frames;  ///< the first `max_frames` frames; the rest are discarded
  int descriptor = -1;              ///< of the connection; -1: unknown
};

/// Returns no frames when there is no message. Never blocks.
Received receive(zmq::socket_t& socket, std::size_t max_frames);

enum class Sent { yes, full, gone };

/// Sends all frames or none. `full`: the peer cannot take a message now; `gone`: there is no such peer. Never blocks.
Sent try_send(zmq::socket_t& socket, const std::vector<std::string>& frames);

/// Same, with the result ignored.
void send(zmq::socket_t& socket, const std::vector<std::string>& frames);

}  // namespace pw::bus
