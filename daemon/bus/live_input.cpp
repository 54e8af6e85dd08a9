#include "bus/live_input.hpp"

#include <algorithm>

namespace pw::bus {
namespace {

constexpr std::int64_t kLongestIdle = 60;  // seconds; unused allowance does not accumulate beyond this

}  // namespace

void LiveInput::opened(int descriptor, SteadyTime now) {
  closed(descriptor);
  Client& client = clients_[descriptor];
  client.accounted = limits_.handshake;
  client.looked = now;
}

void LiveInput::closed(int descriptor) {
  const auto found = clients_.find(descriptor);
  if (found == clients_.end()) return;
  set_unread(found->second, 0);
  clients_.erase(found);
}

void LiveInput::set_unread(Client& client, std::uint64_t unread) {
  unread_ += unread - client.unread;
  client.unread = unread;
}

void LiveInput::read(int descriptor, std::size_t bytes) {
  const auto found = clients_.find(descriptor);
  if (found == clients_.end()) return;
  found->second.accounted += bytes;
  set_unread(found->second, found->second.unread - std::min<std::uint64_t>(found->second.unread, bytes));
}

std::optional<LiveInput::Excess> LiveInput::received(int descriptor, std::uint64_t bytes, SteadyTime now) {
  const auto found = clients_.find(descriptor);
  if (found == clients_.end()) return std::nullopt;
  Client& client = found->second;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - client.looked);
  client.looked += seconds;
  client.accounted += limits_.idle_rate * static_cast<std::uint64_t>(std::min(seconds.count(), kLongestIdle));
  client.accounted = std::min(client.accounted, bytes + limits_.handshake);
  set_unread(client, bytes > client.accounted ? bytes - client.accounted : 0);
  if (client.unread > limits_.per_client) return Excess{descriptor, client.unread};
  if (unread_ <= limits_.total) return std::nullopt;
  const auto most = std::ranges::max_element(clients_, {}, [](const auto& one) { return one.second.unread; });
  return Excess{most->first, most->second.unread};
}

}  // namespace pw::bus
