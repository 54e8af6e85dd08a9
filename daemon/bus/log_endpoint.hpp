#pragma once
/// The daemon's side of LOG: reads requests, serves them fairly and holds long polls.

#include "bus/client_request.hpp"
#include "bus/connections.hpp"
#include "bus/log_service.hpp"
#include "bus/long_polls.hpp"
#include "bus/request_queue.hpp"
#include "bus/sockets.hpp"
#include "bus/unread_replies.hpp"
#include "core/time.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {

/// Owns the ROUTER socket. Every call is short; remaining work is left to the next iteration. One thread. Throws
/// zmq::error_t and std::bad_alloc, either of which costs one request. An exception from `answer` is caught, and its
/// client is told to retry.
class LogEndpoint {
 public:
  /// Maps the frames after the delimiter to the reply.
  using Answer = std::function<Reply(const std::vector<std::string>& request)>;

  /// Binds the socket. Connections beyond `most_clients` are closed. Throws std::runtime_error when the endpoint cannot
  /// be bound.
  LogEndpoint(zmq::context_t& context, const std::string& endpoint, std::size_t most_clients, Answer answer,
              const Clock& clock);
  LogEndpoint(const LogEndpoint&) = delete;
  LogEndpoint& operator=(const LogEndpoint&) = delete;

  /// The bound endpoint.
  [[nodiscard]] std::string endpoint() const { return socket_.get(zmq::sockopt::last_endpoint); }

  /// Reads pending requests for a few milliseconds.
  void read();
  /// Serves queued requests for a few milliseconds, or until `enough` returns true.
  void serve(const std::function<bool()>& enough);
  /// Call when alerts were published: wakes the long polls.
  void news();
  /// Closes connections that exceed a limit.
  void keep_limits();

  /// When the next call is due even without input.
  [[nodiscard]] std::optional<SteadyTime> next() const;
  [[nodiscard]] void* handle() { return socket_.handle(); }
  [[nodiscard]] void* monitor() { return connections_.handle(); }
  /// Requests received since the start. This thread only.
  [[nodiscard]] std::uint64_t requests() const { return requests_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] std::uint64_t closed() const { return connections_.closed(); }
  /// Open connections. This thread only.
  [[nodiscard]] std::size_t connections() const { return connections_.size(); }

  void close();

 private:
  bool read_one();
  RequestQueue::Served serve_one(ClientRequest& request);
  RequestQueue::Served answer_one(ClientRequest& request, SteadyTime now);
  Sent reply(const ClientRequest& request, std::vector<std::string> frames);
  void refuse(const ClientRequest& request, Milliseconds retry, std::string_view why);
  void forget(int descriptor);
  void tell_refusals(SteadyTime now);

  Answer answer_;
  const Clock& clock_;
  zmq::socket_t socket_;
  Connections connections_;
  RequestQueue queue_;
  LongPolls polls_;
  UnreadReplies unread_;
  std::unordered_map<int, std::string> clients_;  ///< routing id by descriptor
  std::unordered_map<std::string, int> gone_;     ///< descriptors of disconnected clients that may have messages left
  bool drained_ = true;                           ///< every pending message was read
  int refusals_ = 0;                              ///< refusals sent in this iteration
  bool full_ = false;                             ///< a reply did not fit the limits
  SteadyTime looked_{};                           ///< last check for stalled clients
  SteadyTime told_{};
  std::uint64_t requests_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t refused_told_ = 0;  ///< value of the refusal count at told_
  std::string why_;                 ///< reason of the last refusal
};

}  // namespace pw::bus
