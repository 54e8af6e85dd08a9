#include "bus/request_queue.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace pw::bus {

RequestQueue::Offer RequestQueue::offer(ClientRequest&& request) {
  const auto known = clients_.find(request.client);
  if (known != clients_.end() && known->second->requests.size() >= limits_.per_client) return Offer::client_full;
  if (bytes_ + request.bytes() > limits_.bytes) return Offer::full;
  offer_again(std::move(request));
  return Offer::taken;
}

void RequestQueue::offer_again(ClientRequest request) {
  const std::size_t bytes = request.bytes();
  const auto known = clients_.find(request.client);
  if (known != clients_.end()) {
    known->second->requests.push_back(std::move(request));
  } else {
    Clients fresh;
    fresh.push_back({request.client});
    fresh.front().requests.push_back(std::move(request));
    clients_.emplace(fresh.front().name, fresh.begin());
    turns_.splice(turns_.end(), fresh);
  }
  bytes_ += bytes;
  ++size_;
}

bool RequestQueue::serve_one(SteadyTime now, const std::function<Served(ClientRequest&)>& serve) {
  wake(now);
  if (turns_.empty()) return false;
  const auto client = turns_.begin();
  ClientRequest& request = client->requests.front();
  const std::size_t bytes = request.bytes();
  Served served = Served::done;
  try {
    served = serve(request);
  } catch (...) {
    finish(client, bytes);
    throw;
  }
  if (served == Served::later) {
    rest(client, now);
  } else {
    client->pause = Milliseconds{0};
    finish(client, bytes);
  }
  return true;
}

/// Removes the client's first request and moves the client to the end of the queue.
void RequestQueue::finish(Clients::iterator client, std::size_t bytes) {
  client->requests.pop_front();
  bytes_ -= bytes;
  --size_;
  if (client->requests.empty()) {
    clients_.erase(client->name);
    turns_.erase(client);
  } else {
    turns_.splice(turns_.end(), turns_, client);
  }
}

void RequestQueue::rest(Clients::iterator client, SteadyTime now) {
  client->pause = std::clamp(client->pause * 2, limits_.first_pause, limits_.last_pause);
  client->rests_until = now + client->pause;
  client->resting = true;
  auto place = resting_.end();
  while (place != resting_.begin() && std::prev(place)->rests_until > client->rests_until) --place;
  resting_.splice(place, turns_, client);
}

void RequestQueue::wake(SteadyTime now) {
  while (!resting_.empty() && resting_.front().rests_until <= now) {
    resting_.front().resting = false;
    turns_.splice(turns_.end(), resting_, resting_.begin());
  }
}

void RequestQueue::forget(const std::string& name) {
  const auto known = clients_.find(name);
  if (known == clients_.end()) return;
  const auto client = known->second;
  for (const ClientRequest& request : client->requests) bytes_ -= request.bytes();
  size_ -= client->requests.size();
  clients_.erase(known);
  (client->resting ? resting_ : turns_).erase(client);
}

std::optional<SteadyTime> RequestQueue::ready_at() const {
  if (!turns_.empty()) return SteadyTime::min();
  if (!resting_.empty()) return resting_.front().rests_until;
  return std::nullopt;
}

}  // namespace pw::bus
