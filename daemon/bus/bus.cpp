#include "bus/bus.hpp"

#include "bus/alert_json.hpp"
#include "bus/frame.hpp"
#include "bus/health_board.hpp"
#include "bus/health_json.hpp"
#include "bus/heartbeat.hpp"
#include "bus/log_service.hpp"
#include "bus/wake.hpp"
#include "core/log.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <zmq.hpp>

namespace pw::bus {
namespace {

using SteadyTime = std::chrono::steady_clock::time_point;
using namespace std::chrono_literals;

constexpr int kLiveHighWater = 1000;  // a slow reader loses live copies, then heals from the log
constexpr int kLogHighWater = 16;
constexpr int kMaxInbound = 8192;  // bytes of one frame from a client
constexpr std::size_t kPage = 500;
constexpr std::size_t kPageBytes = std::size_t{1} << 20U;
constexpr std::size_t kMaxWaiting = 256;
constexpr Milliseconds kLingerAtStop = 500ms;
constexpr Milliseconds kWelcomeEvery = 100ms;  // heartbeats for new subscriptions

/// A client that waits for something newer than it has.
struct LongPoll {
  std::vector<std::string> route;
  std::vector<std::string> request;
  SteadyTime until;
};

void configure(zmq::socket_t& socket, int high_water) {
  socket.set(zmq::sockopt::sndhwm, high_water);
  socket.set(zmq::sockopt::maxmsgsize, static_cast<std::int64_t>(kMaxInbound));
  socket.set(zmq::sockopt::handshake_ivl, 2000);
  socket.set(zmq::sockopt::backlog, 256);
  socket.set(zmq::sockopt::heartbeat_ivl, 2000);
  socket.set(zmq::sockopt::heartbeat_timeout, 6000);
  socket.set(zmq::sockopt::heartbeat_ttl, 6000);
  socket.set(zmq::sockopt::linger, 0);
}

void listen_on(zmq::socket_t& socket, const std::string& endpoint, std::string_view setting) {
  require_local(endpoint);
  try {
    socket.bind(endpoint);
  } catch (const zmq::error_t& error) {
    throw std::runtime_error(
        fmt::format("the bus cannot listen on {}: {}. Stop what listens there, or set bus.{} to "
                    "another address",
                    endpoint, error.what(), setting));
  }
}

std::vector<std::string> receive(zmq::socket_t& socket) {
  std::vector<std::string> frames;
  zmq::message_t part;
  do {
    if (!socket.recv(part, zmq::recv_flags::dontwait)) break;
    frames.push_back(part.to_string());
  } while (part.more());
  return frames;
}

/// All or nothing: false when the peer cannot take the first frame now, or is gone.
bool send(zmq::socket_t& socket, const std::vector<std::string>& frames) {
  try {
    for (std::size_t i = 0; i < frames.size(); ++i) {
      const auto more = i + 1 < frames.size() ? zmq::send_flags::sndmore : zmq::send_flags::none;
      if (!socket.send(zmq::buffer(frames[i]), more | zmq::send_flags::dontwait)) return false;
    }
  } catch (const zmq::error_t&) {
    return false;
  }
  return true;
}

}  // namespace

void require_local(const std::string& endpoint) {
  constexpr std::string_view kTcp = "tcp://";
  if (endpoint.starts_with("ipc://") || endpoint.starts_with("inproc://")) return;
  const std::string_view host = endpoint.starts_with(kTcp)
                                    ? std::string_view(endpoint).substr(kTcp.size(), endpoint.rfind(':') - kTcp.size())
                                    : std::string_view();
  const bool loopback = host.starts_with("127.") || host == "[::1]" || host == "localhost";
  if (!loopback) {
    throw std::runtime_error(
        fmt::format("the bus does not listen on {}: without authentication only loopback "
                    "(tcp://127.0.0.1:PORT) and ipc:// are allowed",
                    printable(endpoint)));
  }
}

class Bus::Impl {
 public:
  Impl(BusSettings settings, std::unique_ptr<LogSource> log, std::uint64_t published,
       std::function<void(std::uint64_t)> on_published, const Clock& clock)
      : settings_(std::move(settings)),
        log_(std::move(log)),
        on_published_(std::move(on_published)),
        clock_(clock),
        live_(context_, zmq::socket_type::xpub),
        requests_(context_, zmq::socket_type::router),
        heads_(published),
        published_(published) {
    configure(live_, kLiveHighWater);
    live_.set(zmq::sockopt::xpub_verbose, 1);
    configure(requests_, kLogHighWater);
    requests_.set(zmq::sockopt::router_mandatory, 1);
    listen_on(live_, settings_.live, "live");
    listen_on(requests_, settings_.log, "log");
    thread_ = std::thread([this] { run(); });
  }

  void publish(std::vector<StoredAlert> alerts) {
    {
      const std::lock_guard lock(mutex_);
      std::ranges::move(alerts, std::back_inserter(queue_));
    }
    wake_.signal();
  }

  void publish_health(std::string source, std::string body) {
    {
      const std::lock_guard lock(mutex_);
      health_queue_.emplace_back(std::move(source), std::move(body));
    }
    wake_.signal();
  }

  void stop() {
    if (!thread_.joinable()) return;
    stopping_ = true;
    wake_.signal();
    thread_.join();
  }

  [[nodiscard]] BusStats stats() const { return {published_, sent_, served_}; }

 private:
  void run() {
    try {
      catch_up();
      heartbeat(0);
      while (!stopping_) turn();
      send_queued();
      send_health();
      heartbeat(kStopping);
    } catch (const std::exception& error) {
      spdlog::critical("the bus failed: {}", error.what());
    }
    live_.set(zmq::sockopt::linger, static_cast<int>(kLingerAtStop.count()));
    live_.close();
    requests_.close();
    context_.close();
  }

  void turn() {
    std::array<zmq::pollitem_t, 3> items{{{live_.handle(), 0, ZMQ_POLLIN, 0},
                                          {requests_.handle(), 0, ZMQ_POLLIN, 0},
                                          {nullptr, wake_.fd(), ZMQ_POLLIN, 0}}};
    zmq::poll(items.data(), items.size(), time_to_wait());
    if ((items[2].revents & ZMQ_POLLIN) != 0) wake_.drain();
    send_queued();
    send_health();
    read_subscriptions();
    read_requests();
    answer_long_polls();
    if (clock_.steady() >= next_heartbeat_) heartbeat(0);
  }

  [[nodiscard]] Milliseconds time_to_wait() const {
    SteadyTime next = next_heartbeat_;
    for (const LongPoll& poll : waiting_) next = std::min(next, poll.until);
    const auto wait = std::chrono::ceil<Milliseconds>(next - clock_.steady());
    return std::clamp<Milliseconds>(wait, 0ms, settings_.heartbeat);
  }

  /// What the log holds and nobody was told of: after a crash between commit and publish.
  void catch_up() {
    while (!stopping_) {
      const auto page = log_->page(std::nullopt, published_, std::nullopt, kPage, kPageBytes);
      if (!page) {
        spdlog::error("the bus cannot read the log: {}", page.error().message);
        return;
      }
      for (const StoredAlert& alert : page->alerts) send_alert(alert);
      if (!page->more) return;
    }
  }

  void send_queued() {
    std::deque<StoredAlert> alerts;
    {
      const std::lock_guard lock(mutex_);
      alerts.swap(queue_);
    }
    const std::uint64_t before = published_;
    for (const StoredAlert& alert : alerts) {
      if (alert.seq > published_ + 1) catch_up();
      if (alert.seq == published_ + 1) send_alert(alert);
    }
    if (published_ != before && on_published_) on_published_(published_);
  }

  void send_alert(const StoredAlert& alert) {
    const std::string body = complete_body(alert.body, alert.time, clock_.now());
    // XPUB drops for a subscriber at its high-water mark; that one sees the gap and reads the log.
    send(live_, {topic_of(alert), encode(header_of(alert, log_id())), body});
    heads_.put(alert.channel, alert.seq, alert.cseq);
    published_ = alert.seq;
    ++sent_;
  }

  void send_health() {
    std::deque<std::pair<std::string, std::string>> events;
    {
      const std::lock_guard lock(mutex_);
      events.swap(health_queue_);
    }
    for (auto& [source, body] : events) {
      Header header;
      header.kind = 'S';
      header.log_id = log_id();
      header.seq = published_;
      header.time_ms = to_ms(clock_.now());
      send(live_, {health_topic(source), encode(header), body});
      health_.put(source, std::move(body));
    }
  }

  Id log_id() {
    if (log_id_ == Id{}) {
      if (const auto head = log_->head()) log_id_ = head->log_id;
    }
    return log_id_;
  }

  void heartbeat(std::uint32_t flags) {
    next_heartbeat_ = clock_.steady() + settings_.heartbeat;
    last_heartbeat_ = clock_.steady();
    const auto frames = heartbeat_frames(*log_, heads_, {published_, settings_.heartbeat, clock_.now(), flags});
    if (frames) send(live_, *frames);
  }

  void read_subscriptions() {
    bool subscribed = false;
    for (auto frames = receive(live_); !frames.empty(); frames = receive(live_)) {
      subscribed = subscribed || (!frames[0].empty() && frames[0][0] == 1);
    }
    if (subscribed) next_heartbeat_ = std::min(next_heartbeat_, last_heartbeat_ + kWelcomeEvery);
  }

  void read_requests() {
    for (auto frames = receive(requests_); !frames.empty(); frames = receive(requests_)) {
      ++served_;
      // The identity, and the empty delimiter that REQ adds, are mirrored.
      std::size_t route = 1;
      if (frames.size() > 1 && frames[1].empty()) route = 2;
      const auto begin = frames.begin() + static_cast<std::ptrdiff_t>(route);
      LongPoll one{{frames.begin(), begin}, {begin, frames.end()}, {}};
      serve(std::move(one), true);
    }
  }

  void serve(LongPoll one, bool may_wait) {
    Reply reply = answer(*log_, health_, heads_, one.request, clock_.now());
    if (may_wait && reply.empty && reply.wait > 0ms && waiting_.size() < kMaxWaiting) {
      one.until = clock_.steady() + reply.wait;
      waiting_.push_back(std::move(one));
      return;
    }
    std::vector<std::string> frames = std::move(one.route);
    frames.emplace_back("PWR1");
    std::ranges::move(reply.frames, std::back_inserter(frames));
    send(requests_, frames);
  }

  void answer_long_polls() {
    if (waiting_.empty()) return;
    const bool news = published_ != waited_at_;
    waited_at_ = published_;
    std::vector<LongPoll> polls;
    polls.swap(waiting_);
    for (LongPoll& poll : polls) {
      const bool over = clock_.steady() >= poll.until;
      if (!over && !news) {
        waiting_.push_back(std::move(poll));
        continue;
      }
      const SteadyTime until = poll.until;
      const std::size_t before = waiting_.size();
      serve(std::move(poll), !over);
      if (waiting_.size() > before) waiting_.back().until = until;
    }
  }

  BusSettings settings_;
  std::unique_ptr<LogSource> log_;
  std::function<void(std::uint64_t)> on_published_;
  const Clock& clock_;
  zmq::context_t context_{1};
  zmq::socket_t live_;
  zmq::socket_t requests_;
  Wake wake_;
  std::mutex mutex_;
  std::deque<StoredAlert> queue_;
  std::deque<std::pair<std::string, std::string>> health_queue_;  ///< source, body
  HealthBoard health_;
  RecentHeads heads_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> published_;
  std::atomic<std::uint64_t> sent_ = 0;
  std::atomic<std::uint64_t> served_ = 0;
  std::uint64_t waited_at_ = 0;
  std::vector<LongPoll> waiting_;
  SteadyTime next_heartbeat_{};
  SteadyTime last_heartbeat_{};
  Id log_id_;
  std::thread thread_;
};

Bus::Bus(BusSettings settings, std::unique_ptr<LogSource> log, std::uint64_t published,
         std::function<void(std::uint64_t)> on_published, const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(log), published, std::move(on_published), clock)) {}

Bus::~Bus() { stop(); }

void Bus::publish(std::vector<StoredAlert> alerts) { impl_->publish(std::move(alerts)); }

void Bus::publish_health(std::string source, std::string body) {
  impl_->publish_health(std::move(source), std::move(body));
}

void Bus::stop() { impl_->stop(); }

BusStats Bus::stats() const { return impl_->stats(); }

}  // namespace pw::bus
