#include "bus/input_ledger.hpp"

#include <algorithm>

namespace pw::bus {
namespace {

constexpr std::uint64_t kSmall = 1024;  // handshakes and heartbeats

}  // namespace

void InputLedger::opened(int descriptor, SteadyTime now) {
  closed(descriptor);
  connections_[descriptor].settled_at = now;
  check_soon_ = true;
}

void InputLedger::closed(int descriptor) {
  const auto found = connections_.find(descriptor);
  if (found == connections_.end()) return;
  left_behind_ += found->second.unread;
  connections_.erase(found);
}

void InputLedger::read(int descriptor) {
  const auto found = connections_.find(descriptor);
  if (found != connections_.end()) found->second.progressed = true;
}

void InputLedger::measure(Connection& connection, std::uint64_t received, SteadyTime now, bool drained) const {
  if (drained && connection.progressed) {
    // A message has ended and no other is pending, so the remaining bytes are handshake, heartbeats, or the still small
    // beginning of the next message.
    connection.settled = received;
    connection.settled_at = now;
    connection.progressed = false;
  }
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - connection.settled_at).count();
  const std::uint64_t known = connection.settled + static_cast<std::uint64_t>(seconds) * limits_.idle_rate;
  connection.unread = received > known ? received - known : 0;
}

std::vector<InputLedger::Excess> InputLedger::check(SteadyTime now, bool drained, const Received& received) {
  std::vector<Excess> all;
  if (drained) left_behind_ = 0;
  std::uint64_t sum = left_behind_;
  for (auto& [descriptor, connection] : connections_) {
    const auto bytes = received(descriptor);
    if (!bytes) continue;
    measure(connection, *bytes, now, drained);
    all.push_back({descriptor, connection.unread});
    sum += connection.unread;
  }
  check_soon_ = std::ranges::any_of(all, [](const Excess& one) { return one.unread > kSmall; });
  std::ranges::sort(all, std::ranges::greater{}, &Excess::unread);
  const auto within = std::ranges::find_if(all, [&](const Excess& one) {
    if (one.unread <= limits_.per_connection && (sum <= limits_.total || one.unread <= kSmall)) return true;
    sum -= one.unread;
    return false;
  });
  all.erase(within, all.end());
  return all;
}

}  // namespace pw::bus
