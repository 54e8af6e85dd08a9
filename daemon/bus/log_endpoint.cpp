#include "bus/log_endpoint.hpp"

#include "bus/busy.hpp"
#include "bus/connection.hpp"
#include "core/log.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kReadFor = 20ms;
constexpr Milliseconds kServeFor = 20ms;
constexpr Milliseconds kLookEvery = 1s;  // interval of the checks for stalled clients
constexpr Milliseconds kTellEvery = 10s;
constexpr Milliseconds kRetrySoon = 200ms;
constexpr Milliseconds kRetry = 1s;
constexpr std::size_t kLargestReply = std::size_t{5} << 18U;  // a page of 1 MiB plus its last body and its headers
constexpr int kRefusalsAtOnce = 100;                          // per iteration: reading must outpace the fastest client
constexpr std::size_t kMaxFrames = 5;  // routing id, delimiter, two request frames, and one to detect an excess

std::size_t bytes_of(const std::vector<std::string>& frames) {
  std::size_t sum = 0;
  for (const std::string& frame : frames) sum += frame.size();
  return sum;
}

}  // namespace

LogEndpoint::LogEndpoint(zmq::context_t& context, const std::string& endpoint, std::size_t most_clients, Answer answer,
                         const Clock& clock)
    : answer_(std::move(answer)),
      clock_(clock),
      socket_(context, zmq::socket_type::router),
      connections_(context, socket_, "LOG", most_clients),
      unread_(bytes_unsent) {
  configure_log(socket_);
  listen_on(socket_, endpoint, "log");
}

void LogEndpoint::read() {
  for (const int descriptor : connections_.update(clock_.steady())) forget(descriptor);
  const SteadyTime until = clock_.steady() + kReadFor;
  drained_ = false;
  refusals_ = 0;
  while (!drained_ && clock_.steady() < until) drained_ = !read_one();
  if (drained_) gone_.clear();
}

bool LogEndpoint::read_one() {
  Received got = receive(socket_, kMaxFrames);
  if (got.frames.empty()) return false;
  connections_.read(got.descriptor);
  ++requests_;
  if (const auto gone = gone_.find(got.frames[0]); gone != gone_.end() && gone->second == got.descriptor) return true;
  ClientRequest request;
  request.client = std::move(got.frames[0]);
  request.descriptor = got.descriptor;
  request.delimited = got.frames.size() > 1 && got.frames[1].empty();
  const auto begin = got.frames.begin() + (request.delimited ? 2 : 1);
  request.frames.assign(std::make_move_iterator(begin), std::make_move_iterator(got.frames.end()));
  if (request.descriptor >= 0) clients_[request.descriptor] = request.client;
  const auto offer = queue_.offer(std::move(request));
  // NOLINTBEGIN(bugprone-use-after-move): it is moved from only when it is accepted
  if (offer == RequestQueue::Offer::client_full) {
    refuse(request, kRetrySoon, "too many requests of this client wait for their replies");
  } else if (offer == RequestQueue::Offer::full) {
    refuse(request, kRetry, "too many requests wait for their replies");
  }
  // NOLINTEND(bugprone-use-after-move)
  return true;
}

void LogEndpoint::serve(const std::function<bool()>& enough) {
  for (ClientRequest& one : polls_.take_over(clock_.steady())) queue_.offer_again(std::move(one));
  const SteadyTime until = clock_.steady() + kServeFor;
  const auto serve = [this](ClientRequest& request) { return serve_one(request); };
  while (!enough() && clock_.steady() < until && queue_.serve_one(clock_.steady(), serve)) {
  }
}

void LogEndpoint::news() {
  for (ClientRequest& one : polls_.take_all()) queue_.offer_again(std::move(one));
}

RequestQueue::Served LogEndpoint::serve_one(ClientRequest& request) {
  const SteadyTime now = clock_.steady();
  if (!unread_.may_send(request.descriptor, now)) return RequestQueue::Served::later;
  full_ = !unread_.room(kLargestReply, now);
  if (full_) {
    refuse(request, kRetry, "other clients have not read their replies yet");
    return RequestQueue::Served::done;
  }
  try {
    return answer_one(request, now);
  } catch (const zmq::error_t&) {
    throw;
  } catch (const std::exception& error) {
    log::say("bus-request-failed", "LOG: a request could not be answered: {}", error.what());
    refuse(request, kRetry, "the daemon failed at it");
    return RequestQueue::Served::done;
  }
}

RequestQueue::Served LogEndpoint::answer_one(ClientRequest& request, SteadyTime now) {
  Reply made = answer_(request.frames);
  const bool over = request.wait_until && now >= *request.wait_until;
  if (made.empty && made.wait > 0ms && !over) {
    if (!request.wait_until) request.wait_until = now + made.wait;
    if (!polls_.add(request)) refuse(request, kRetry, "too many requests wait for news");
    return RequestQueue::Served::done;
  }
  return reply(request, std::move(made.frames)) == Sent::full ? RequestQueue::Served::later
                                                              : RequestQueue::Served::done;
}

Sent LogEndpoint::reply(const ClientRequest& request, std::vector<std::string> frames) {
  std::vector<std::string> all{request.client};
  if (request.delimited) all.emplace_back();
  all.emplace_back("PWR1");
  std::ranges::move(frames, std::back_inserter(all));
  const Sent sent = try_send(socket_, all);
  if (sent == Sent::yes) unread_.sent(request.descriptor, bytes_of(all), clock_.steady());
  if (sent == Sent::gone) gone_[request.client] = request.descriptor;
  if (sent == Sent::full) unread_.blocked(request.descriptor, clock_.steady());
  return sent;
}

/// A client that does not read even this gets no reply.
void LogEndpoint::refuse(const ClientRequest& request, Milliseconds retry, std::string_view why) {
  if (++refusals_ <= kRefusalsAtOnce) reply(request, {busy_reply(request.frames, retry, why)});
  ++refused_;
  why_ = why;
}

void LogEndpoint::keep_limits() {
  const SteadyTime now = clock_.steady();
  connections_.cut_excess(now, drained_);
  tell_refusals(now);
  if (now - looked_ < kLookEvery) return;
  looked_ = now;
  for (const int descriptor : unread_.stalled(now, full_)) {
    connections_.cut(descriptor, now, "it does not read its replies");
    forget(descriptor);
  }
}

void LogEndpoint::forget(int descriptor) {
  unread_.closed(descriptor);
  const auto found = clients_.find(descriptor);
  if (found == clients_.end()) return;
  const std::string client = std::move(found->second);
  clients_.erase(found);
  // A client that chooses its own routing id may already have reconnected with it.
  if (std::ranges::any_of(clients_, [&](const auto& other) { return other.second == client; })) return;
  queue_.forget(client);
  polls_.forget(client);
  gone_[client] = descriptor;
}

void LogEndpoint::tell_refusals(SteadyTime now) {
  const std::uint64_t fresh = refused_ - refused_told_;
  if (fresh == 0 || (told_ != SteadyTime{} && now - told_ < kTellEvery)) return;
  log::say("bus-busy", "LOG: {} {} refused as busy: {}", fresh, fresh == 1 ? "request was" : "requests were", why_);
  told_ = now;
  refused_told_ = refused_;
}

std::optional<SteadyTime> LogEndpoint::next() const {
  std::optional<SteadyTime> out = connections_.next_check();
  for (const auto& other : {polls_.next(), queue_.ready_at()}) {
    if (other && (!out || *other < *out)) out = other;
  }
  return out;
}

void LogEndpoint::close() {
  connections_.close();
  socket_.close();
}

}  // namespace pw::bus
