#include "bus/unread_replies.hpp"

#include <iterator>

namespace pw::bus {

UnreadReplies::Connection& UnreadReplies::note(int descriptor, SteadyTime now) {
  const auto [connection, is_new] = connections_.try_emplace(descriptor);
  if (is_new) connection->second.moved = now;
  connection->second.sent = now;
  return connection->second;
}

void UnreadReplies::sent(int descriptor, std::size_t bytes, SteadyTime now) {
  if (descriptor < 0) return;
  note(descriptor, now).bytes += bytes;
  total_ += bytes;
}

void UnreadReplies::blocked(int descriptor, SteadyTime now) {
  if (descriptor < 0) return;
  Connection& connection = note(descriptor, now);
  if (connection.bytes > limits_.per_client) return;
  total_ += limits_.per_client + 1 - connection.bytes;
  connection.bytes = limits_.per_client + 1;
}

void UnreadReplies::closed(int descriptor) {
  const auto connection = connections_.find(descriptor);
  if (connection == connections_.end()) return;
  total_ -= connection->second.bytes;
  connections_.erase(connection);
}

/// True when the client has read everything; the connection is then removed.
bool UnreadReplies::settle(Connections::iterator connection, SteadyTime now) {
  Connection& one = connection->second;
  if (now - one.sent < limits_.settle) return false;
  const std::size_t in_kernel = unsent_(connection->first);
  if (in_kernel == 0) {
    total_ -= one.bytes;
    connections_.erase(connection);
    return true;
  }
  if (in_kernel != one.in_kernel) one.moved = now;
  one.in_kernel = in_kernel;
  return false;
}

void UnreadReplies::settle_all(SteadyTime now) {
  for (auto next = connections_.begin(); next != connections_.end();) settle(next++, now);
}

bool UnreadReplies::may_send(int descriptor, SteadyTime now) {
  const auto connection = connections_.find(descriptor);
  if (connection == connections_.end() || connection->second.bytes <= limits_.per_client) return true;
  return settle(connection, now);
}

bool UnreadReplies::room(std::size_t bytes, SteadyTime now) {
  if (total_ + bytes <= limits_.total) return true;
  settle_all(now);
  return total_ + bytes <= limits_.total;
}

std::vector<int> UnreadReplies::stalled(SteadyTime now, bool full) {
  settle_all(now);
  const Milliseconds patience = full ? limits_.patience_when_full : limits_.patience;
  std::vector<int> out;
  for (const auto& [descriptor, connection] : connections_) {
    if (now - connection.moved >= patience) out.push_back(descriptor);
  }
  return out;
}

}  // namespace pw::bus
