#include "bus/input_ledger.hpp"

#include <algorithm>

namespace pw::bus {
namespace {

constexpr std::uint64_t kSmall = 1024;  // handshakes and heartbeats

}  // namespace

void InputLedger::opened(int descriptor, SteadyTime now) {
  connections_[descriptor] = {0, now, false};
  check_soon_ = true;
}

void InputLedger::closed(int descriptor) { connections_.erase(descriptor); }

void InputLedger::read(int descriptor, std::size_t bytes) {
  const auto found = connections_.find(descriptor);
  if (found == connections_.end()) return;
  found->second.read += bytes;
  found->second.progressed = true;
}

std::uint64_t InputLedger::unread(Connection& connection, std::uint64_t received, SteadyTime now, bool drained) const {
  if (drained && connection.progressed) {
    // A message of it has ended and none is left: what is not accounted for was handshake and heartbeats, or the
    // beginning of another message, which is small yet.
    connection.read = received;
    connection.settled = now;
  }
  connection.progressed = false;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - connection.settled).count();
  const std::uint64_t known = connection.read + static_cast<std::uint64_t>(seconds) * limits_.idle_rate;
  return received > known ? received - known : 0;
}

std::vector<InputLedger::Excess> InputLedger::check(SteadyTime now, bool drained, const Received& received) {
  std::vector<Excess> all;
  std::uint64_t sum = 0;
  for (auto& [descriptor, connection] : connections_) {
    const auto bytes = received(descriptor);
    if (!bytes) continue;
    all.push_back({descriptor, unread(connection, *bytes, now, drained)});
    sum += all.back().unread;
  }
  check_soon_ = std::ranges::any_of(all, [](const Excess& one) { return one.unread > kSmall; });
  std::ranges::sort(all, std::ranges::greater{}, &Excess::unread);
  const auto within = std::ranges::find_if(all, [&](const Excess& one) {
    if (one.unread <= limits_.per_connection && sum <= limits_.total) return true;
    sum -= one.unread;
    return false;
  });
  all.erase(within, all.end());
  return all;
}

}  // namespace pw::bus
