#include "bus/subscription_ledger.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <utility>

namespace pw::bus {

SubscriptionLedger::Excess SubscriptionLedger::subscribed(int descriptor, std::string prefix) {
  const std::size_t bytes = prefix.size();
  Client& client = clients_[descriptor];
  if (client.leaves) return {};
  if (bytes > limits_.prefix) {
    drop(client);
    return {descriptor, fmt::format("it subscribed to {} bytes, and no topic has more than {}", bytes, limits_.prefix)};
  }
  if (!client.prefixes.insert(std::move(prefix)).second) return {};
  client.bytes += bytes;
  bytes_ += bytes;
  ++total_;
  if (client.prefixes.size() > limits_.per_client || client.bytes > limits_.bytes_per_client) {
    drop(client);
    return {descriptor, fmt::format("it has more than {} subscriptions, or more than {} KiB of them",
                                    limits_.per_client, limits_.bytes_per_client >> 10U)};
  }
  if (total_ <= limits_.total && bytes_ <= limits_.total_bytes) return {};
  const auto most = std::ranges::max_element(clients_, {}, [](const auto& one) { return one.second.prefixes.size(); });
  const std::size_t count = most->second.prefixes.size();
  drop(most->second);
  return {most->first,
          fmt::format("all clients have too many subscriptions together, and it has the most ({})", count)};
}

void SubscriptionLedger::unsubscribed(int descriptor, const std::string& prefix) {
  const auto client = clients_.find(descriptor);
  if (client == clients_.end() || client->second.prefixes.erase(prefix) == 0) return;
  client->second.bytes -= prefix.size();
  bytes_ -= prefix.size();
  --total_;
}

void SubscriptionLedger::forget(int descriptor) {
  const auto client = clients_.find(descriptor);
  if (client == clients_.end()) return;
  drop(client->second);
  clients_.erase(client);
}

void SubscriptionLedger::drop(Client& client) {
  total_ -= client.prefixes.size();
  bytes_ -= client.bytes;
  client = {};
  client.leaves = true;
}

}  // namespace pw::bus
