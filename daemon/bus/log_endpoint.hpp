#pragma once
/// The daemon's side of LOG: reads requests, has them answered fairly, and holds those that wait for news.

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

/// Owns the ROUTER socket. Every call is short, however much is asked: what is left is done at the next turn.
/// One thread. Throws zmq::error_t and std::bad_alloc, which then cost one request. What `answer` throws is caught: its
/// client is told to ask again.
class LogEndpoint {
 public:
  /// From the frames behind the delimiter to the reply.
  using Answer = std::function<Reply(const std::vector<std::string>& request)>;

  /// Binds; whoever connects when there are `most_clients` is closed. Throws std::runtime_error when the endpoint
  /// cannot be had.
  LogEndpoint(zmq::context_t& context, const std::string& endpoint, std::size_t most_clients, Answer answer,
              const Clock& clock);
  LogEndpoint(const LogEndpoint&) = delete;
  LogEndpoint& operator=(const LogEndpoint&) = delete;

  /// Where it is bound.
  [[nodiscard]] std::string endpoint() const { return socket_.get(zmq::sockopt::last_endpoint); }

  /// Reads what has come, for a few milliseconds.
  void read();
  /// Answers what was read, for some milliseconds, or until `enough` says so.
  void serve(const std::function<bool()>& enough);
  /// Alerts were published: those that wait for some are looked at again.
  void news();
  /// Closes the connections that overdo it.
  void keep_limits();

  /// When the next call is due though nothing comes in.
  [[nodiscard]] std::optional<SteadyTime> next() const;
  [[nodiscard]] void* handle() { return socket_.handle(); }
  [[nodiscard]] void* monitor() { return connections_.handle(); }
  /// Since the start; this thread only.
  [[nodiscard]] std::uint64_t requests() const { return requests_; }
  [[nodiscard]] std::uint64_t refused() const { return refused_; }
  [[nodiscard]] std::uint64_t closed() const { return connections_.closed(); }

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
  std::unordered_map<std::string, int> gone_;     ///< who may have left messages behind, and its descriptor
  bool drained_ = true;                           ///< nothing was left to read
  int refusals_ = 0;                              ///< replies of this turn
  bool full_ = false;                             ///< there was no room for a reply
  SteadyTime looked_{};                           ///< for stalled clients
  SteadyTime told_{};
  std::uint64_t requests_ = 0;
  std::uint64_t refused_ = 0;
  std::uint64_t refused_told_ = 0;  ///< of them, before told_
  std::string why_;                 ///< the last one was
};

}  // namespace pw::bus
