#include "bus/live_subscribers.hpp"

#include "bus/sockets.hpp"

#include <utility>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kReadFor = 20ms;
constexpr std::size_t kFraming = 12;  // maximum bytes a subscription adds on the wire to its prefix

}  // namespace

bool LiveSubscribers::read() {
  for (const int descriptor : guard_.closed_since()) subscriptions_.forget(descriptor);
  const SteadyTime until = clock_.steady() + kReadFor;
  bool subscribed = false;
  while (clock_.steady() < until) {
    Received got = receive(live_, 1);
    if (got.frames.empty()) break;
    guard_.read(got.descriptor, got.frames[0].size() + kFraming);
    subscribed = take(got.descriptor, std::move(got.frames[0])) || subscribed;
  }
  return subscribed;
}

/// The first byte is the action, the rest is the prefix. True for a new subscription.
bool LiveSubscribers::take(int descriptor, std::string message) {
  if (message.empty()) return false;
  const char kind = message[0];
  message.erase(0, 1);
  if (kind == 0) subscriptions_.unsubscribed(descriptor, message);
  if (kind != 1) return false;
  // Messages that libzmq generates when a client disconnects have no descriptor.
  if (descriptor < 0) return true;
  SubscriptionLedger::Excess excess = subscriptions_.subscribed(descriptor, std::move(message));
  if (excess.descriptor >= 0) guard_.cut(excess.descriptor, std::move(excess.why));
  return true;
}

}  // namespace pw::bus
