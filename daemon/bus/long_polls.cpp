#include "bus/long_polls.hpp"

#include <algorithm>
#include <utility>

namespace pw::bus {

bool LongPolls::add(ClientRequest& request) {
  if (waiting_.size() >= limits_.total) return false;
  std::size_t& mine = per_client_[request.client];
  if (mine >= limits_.per_client) return false;
  waiting_.push_back(std::move(request));
  ++mine;
  return true;
}

template <class Which>
std::vector<ClientRequest> LongPolls::take(const Which& which) {
  const auto rest =
      std::stable_partition(waiting_.begin(), waiting_.end(), [&](const ClientRequest& one) { return !which(one); });
  std::vector<ClientRequest> taken(std::make_move_iterator(rest), std::make_move_iterator(waiting_.end()));
  waiting_.erase(rest, waiting_.end());
  for (const ClientRequest& one : taken) {
    const auto mine = per_client_.find(one.client);
    if (--mine->second == 0) per_client_.erase(mine);
  }
  return taken;
}

std::vector<ClientRequest> LongPolls::take_over(SteadyTime now) {
  return take([now](const ClientRequest& one) { return one.wait_until <= now; });
}

std::vector<ClientRequest> LongPolls::take_all() {
  return take([](const ClientRequest&) { return true; });
}

void LongPolls::forget(const std::string& client) {
  take([&](const ClientRequest& one) { return one.client == client; });
}

std::optional<SteadyTime> LongPolls::next() const {
  std::optional<SteadyTime> out;
  for (const ClientRequest& one : waiting_) {
    if (!out || *one.wait_until < *out) out = one.wait_until;
  }
  return out;
}

}  // namespace pw::bus
