#include "bus/bus.hpp"

#include "bus/alert_json.hpp"
#include "bus/block_signals.hpp"
#include "bus/frame.hpp"
#include "bus/health_board.hpp"
#include "bus/health_json.hpp"
#include "bus/heartbeat.hpp"
#include "bus/live_guard.hpp"
#include "bus/log_endpoint.hpp"
#include "bus/log_service.hpp"
#include "bus/outbox.hpp"
#include "bus/sockets.hpp"
#include "bus/subscription_ledger.hpp"
#include "core/log.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <deque>
#include <exception>
#include <stdexcept>
#include <thread>
#include <utility>
#include <zmq.hpp>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kPage = 500;
constexpr std::size_t kPageBytes = std::size_t{1} << 20U;
constexpr std::size_t kMaxQueued = 2000;    // alerts; further ones are read from the log
constexpr std::size_t kAlertsAtOnce = 500;  // per iteration of the loop
constexpr Milliseconds kReadFor = 20ms;     // subscriptions, per iteration of the loop
constexpr Milliseconds kLingerAtStop = 500ms;
constexpr Milliseconds kPublishAtStop = 2s;    // the rest is published at the next start
constexpr Milliseconds kWelcomeEvery = 100ms;  // minimum interval of the heartbeats sent for new subscriptions
constexpr Milliseconds kReadAgain = 1s;        // retry interval while the log cannot be read
constexpr Milliseconds kAfterFailure = 100ms;
constexpr int kMaxFailures = 100;     // consecutive iterations
constexpr std::size_t kFraming = 12;  // maximum bytes a subscription adds on the wire to its prefix

}  // namespace

class Bus::Impl {
 public:
  Impl(BusSettings settings, std::unique_ptr<LogSource> log, std::uint64_t published,
       std::function<void(std::uint64_t)> on_published, const Clock& clock, OnFailed on_failed)
      : settings_(std::move(settings)),
        log_(std::move(log)),
        on_published_(std::move(on_published)),
        on_failed_(std::move(on_failed)),
        clock_(clock),
        live_(context_, zmq::socket_type::xpub),
        guard_(context_, live_, settings_.clients, clock),
        heads_(published),
        published_(published) {
    configure_live(live_);
    listen_on(live_, settings_.live, "live");
    settings_.live = live_.get(zmq::sockopt::last_endpoint);
    requests_ = std::make_unique<LogEndpoint>(
        context_, settings_.log, settings_.clients,
        [this](const auto& request) { return answer(*log_, health_, heads_, request, clock_.now()); }, clock_);
    settings_.log = requests_->endpoint();
    guard_.start();
    thread_ = std::thread([this] { run(); });
  }

  [[nodiscard]] const BusSettings& settings() const { return settings_; }

  void publish(std::vector<StoredAlert> alerts) { outbox_.put(std::move(alerts)); }

  void publish_health(std::string source, std::string body) { outbox_.put({std::move(source), std::move(body)}); }

  void stop() {
    if (!thread_.joinable()) return;
    stopping_ = true;
    outbox_.wake().signal();
    thread_.join();
  }

  [[nodiscard]] BusStats stats() const { return {published_, sent_, served_, refused_, closed_}; }

 private:
  void run() {
    block_signals();
    std::string failed;
    try {
      while (!stopping_) turn();
      publish_rest();
      send_health();
      heartbeat(kStopping);
    } catch (const std::exception& error) {
      failed = fmt::format("the bus failed: {}", error.what());
    } catch (...) {
      failed = "the bus failed: unknown exception";
    }
    live_.set(zmq::sockopt::linger, static_cast<int>(kLingerAtStop.count()));
    guard_.close();
    live_.close();
    requests_->close();
    context_.close();
    if (failed.empty()) return;
    spdlog::critical("{}", failed);
    if (on_failed_) on_failed_(failed);
  }

  void turn() {
    bool well = step([this] { wait(); });
    if (stopping_) return;
    well &= step([this] { publish_alerts(); });
    well &= step([this] { send_health(); });
    well &= step([this] { read_subscriptions(); });
    well &= step([this] {
      if (clock_.steady() >= next_heartbeat_) heartbeat(0);
    });
    well &= step([this] { answer_requests(); });
    failures_ = well ? 0 : failures_ + 1;
    if (well) return;
    if (failures_ >= kMaxFailures) throw std::runtime_error(fmt::format("{} turns failed in a row", failures_));
    std::this_thread::sleep_for(kAfterFailure);
  }

  /// Runs one step; an exception (such as std::bad_alloc) only aborts that step. False when it threw.
  template <class Work>
  bool step(const Work& work) {
    try {
      work();
      return true;
    } catch (const zmq::error_t& error) {
      if (error.num() == EINTR) return true;
      if (error.num() == ETERM || error.num() == ENOTSOCK) throw;
      note_failure(error);
    } catch (const std::exception& error) {
      note_failure(error);
    }
    return false;
  }

  void note_failure(const std::exception& error) {
    if (failures_ == 0) spdlog::error("the bus gives up what it was at and goes on: {}", error.what());
    // Messages may have been lost, but the log has them.
    behind_ = true;
  }

  void wait() {
    std::array<zmq::pollitem_t, 4> items{{{live_.handle(), 0, ZMQ_POLLIN, 0},
                                          {requests_->handle(), 0, ZMQ_POLLIN, 0},
                                          {requests_->monitor(), 0, ZMQ_POLLIN, 0},
                                          {nullptr, outbox_.wake().fd(), ZMQ_POLLIN, 0}}};
    zmq::poll(items.data(), items.size(), time_to_wait());
    if ((items.back().revents & ZMQ_POLLIN) != 0) outbox_.wake().drain();
  }

  void answer_requests() {
    requests_->read();
    requests_->serve([this] { return stopping_ || clock_.steady() >= next_heartbeat_; });
    requests_->keep_limits();
    served_ = requests_->requests();
    refused_ = requests_->refused();
    closed_ = requests_->closed() + guard_.closed();
  }

  [[nodiscard]] Milliseconds time_to_wait() const {
    if (!outgoing_.empty()) return 0ms;
    SteadyTime next = next_heartbeat_;
    if (behind_) next = std::min(next, read_again_);
    if (const auto request = requests_->next()) next = std::min(next, *request);
    const SteadyTime now = clock_.steady();
    return next <= now ? 0ms : std::min(std::chrono::ceil<Milliseconds>(next - now), settings_.heartbeat);
  }

  /// Publishes a batch of alerts in seq order without gaps: posted alerts first, missing ones from the log.
  void publish_alerts() {
    const std::uint64_t before = published_;
    if (!outbox_.take(outgoing_)) behind_ = true;
    if (behind_) publish_page();
    for (std::size_t left = kAlertsAtOnce; !behind_ && !outgoing_.empty() && left > 0; --left) {
      const StoredAlert& alert = outgoing_.front();
      behind_ = alert.seq > published_ + 1;
      if (behind_) break;
      if (alert.seq == published_ + 1) send_alert(alert);
      outgoing_.pop_front();
    }
    if (published_ == before) return;
    requests_->news();
    if (on_published_) on_published_(published_);
  }

  /// Publishes the alerts in the log after the last one sent: needed after a crash between commit and publication, and
  /// when more alerts arrived at once than the queue holds.
  void publish_page() {
    // All of them are committed, so they are in the log.
    outgoing_.clear();
    if (clock_.steady() < read_again_) return;
    const auto page = log_->page(std::nullopt, published_, std::nullopt, kPage, kPageBytes);
    if (!page) {
      if (read_again_ == SteadyTime{}) spdlog::error("the bus cannot read the log: {}", page.error().message);
      read_again_ = clock_.steady() + kReadAgain;
      return;
    }
    read_again_ = {};
    for (const StoredAlert& alert : page->alerts) send_alert(alert);
    behind_ = page->more;
  }

  void publish_rest() {
    const SteadyTime until = clock_.steady() + kPublishAtStop;
    do {
      publish_alerts();
    } while ((behind_ || !outgoing_.empty()) && clock_.steady() < until);
  }

  void send_alert(const StoredAlert& alert) {
    const std::string body = complete_body(alert.body, alert.time, clock_.now());
    // At its high-water mark XPUB drops messages to a subscriber, which then detects the gap and reads the log.
    send(live_, {topic_of(alert), encode(header_of(alert, log_id())), body});
    heads_.put(alert.channel, alert.seq, alert.cseq);
    published_ = alert.seq;
    ++sent_;
  }

  void send_health() {
    outbox_.take(health_events_);
    for (; !health_events_.empty(); health_events_.pop_front()) {
      HealthEvent& event = health_events_.front();
      Header header;
      header.kind = 'S';
      header.log_id = log_id();
      header.seq = published_;
      header.time_ms = to_ms(clock_.now());
      send(live_, {health_topic(event.source), encode(header), event.body});
      health_.put(event.source, std::move(event.body));
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
    for (const int descriptor : guard_.changed()) subscriptions_.forget(descriptor);
    const SteadyTime until = clock_.steady() + kReadFor;
    bool subscribed = false;
    while (clock_.steady() < until) {
      Received got = receive(live_, 1);
      if (got.frames.empty()) break;
      guard_.read(got.descriptor, got.frames[0].size() + kFraming);
      subscribed = read_subscription(got.descriptor, std::move(got.frames[0])) || subscribed;
    }
    if (subscribed) next_heartbeat_ = std::min(next_heartbeat_, last_heartbeat_ + kWelcomeEvery);
  }

  /// The first byte is the action, the rest is the prefix. True for a new subscription.
  bool read_subscription(int descriptor, std::string message) {
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

  BusSettings settings_;
  std::unique_ptr<LogSource> log_;
  std::function<void(std::uint64_t)> on_published_;
  OnFailed on_failed_;
  const Clock& clock_;
  zmq::context_t context_{1};
  zmq::socket_t live_;
  LiveGuard guard_;
  SubscriptionLedger subscriptions_;
  std::unique_ptr<LogEndpoint> requests_;
  Outbox outbox_{kMaxQueued};
  std::deque<StoredAlert> outgoing_;
  std::deque<HealthEvent> health_events_;
  HealthBoard health_;
  RecentHeads heads_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> published_;
  std::atomic<std::uint64_t> sent_ = 0;
  std::atomic<std::uint64_t> served_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  std::atomic<std::uint64_t> closed_ = 0;
  bool behind_ = true;       ///< the log may hold alerts that were neither posted nor sent
  SteadyTime read_again_{};  ///< retry time after the log could not be read, else zero
  int failures_ = 0;         ///< consecutive iterations
  SteadyTime next_heartbeat_{};
  SteadyTime last_heartbeat_{};
  Id log_id_;
  std::thread thread_;
};

Bus::Bus(BusSettings settings, std::unique_ptr<LogSource> log, std::uint64_t published,
         std::function<void(std::uint64_t)> on_published, const Clock& clock, OnFailed on_failed)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(log), published, std::move(on_published), clock,
                                   std::move(on_failed))) {}

Bus::~Bus() { stop(); }

void Bus::publish(std::vector<StoredAlert> alerts) { impl_->publish(std::move(alerts)); }

void Bus::publish_health(std::string source, std::string body) {
  impl_->publish_health(std::move(source), std::move(body));
}

void Bus::stop() { impl_->stop(); }

BusStats Bus::stats() const { return impl_->stats(); }

const std::string& Bus::live_endpoint() const { return impl_->settings().live; }

const std::string& Bus::log_endpoint() const { return impl_->settings().log; }

}  // namespace pw::bus
