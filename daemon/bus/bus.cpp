#include "bus/bus.hpp"

#include "bus/alert_publisher.hpp"
#include "bus/frame.hpp"
#include "bus/health_board.hpp"
#include "bus/health_json.hpp"
#include "bus/heartbeat.hpp"
#include "bus/live_subscribers.hpp"
#include "bus/log_endpoint.hpp"
#include "bus/log_service.hpp"
#include "bus/outbox.hpp"
#include "bus/sockets.hpp"
#include "bus/steps.hpp"
#include "core/log.hpp"
#include "core/service_thread.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <deque>
#include <utility>
#include <zmq.hpp>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kMaxQueued = 2000;  // alerts; further ones are read from the log
constexpr Milliseconds kLingerAtStop = 500ms;
constexpr Milliseconds kPublishAtStop = 2s;    // the rest is published at the next start
constexpr Milliseconds kWelcomeEvery = 100ms;  // minimum interval of the heartbeats sent for new subscriptions

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
        subscribers_(context_, live_, settings_.clients, clock),
        alerts_(live_, *log_, outbox_, published, clock),
        last_turn_(clock.steady().time_since_epoch().count()) {
    configure_live(live_);
    listen_on(live_, settings_.live, "live");
    settings_.live = live_.get(zmq::sockopt::last_endpoint);
    requests_ = std::make_unique<LogEndpoint>(
        context_, settings_.log, settings_.clients,
        [this](const auto& request) { return answer(*log_, health_, alerts_.heads(), request, clock_.now()); }, clock_);
    settings_.log = requests_->endpoint();
    subscribers_.start();
    thread_ = ServiceThread(
        "bus", [this] { run(); }, [this](const std::string& why) { give_up("the bus failed: " + why); });
  }

  [[nodiscard]] const BusSettings& settings() const { return settings_; }

  void publish(std::vector<StoredAlert> alerts) { outbox_.put(std::move(alerts)); }

  void publish_health(std::string source, std::string body) { outbox_.put({std::move(source), std::move(body)}); }

  void stop() {
    stopping_ = true;
    outbox_.wake().signal();
    thread_.join();
  }

  [[nodiscard]] BusStats stats() const {
    BusStats out;
    out.published = alerts_.published();
    out.sent = alerts_.sent();
    out.requests = served_;
    out.busy = refused_;
    out.closed = closed_;
    out.sent_after = alerts_.sent_after();
    out.live_connections = subscribers_.connections();
    out.log_connections = log_connections_;
    out.subscriptions = subscriptions_;
    const SteadyTime due = SteadyTime{SteadyTime::duration{last_turn_}} + settings_.heartbeat;
    out.overdue = std::max(0ms, std::chrono::floor<Milliseconds>(clock_.steady() - due));
    return out;
  }

 private:
  void run() {
    try {
      serve();
    } catch (...) {
      close();
      throw;
    }
    close();
  }

  void serve() {
    while (!stopping_) turn();
    publish_rest();
    send_health();
    heartbeat(kStopping);
  }

  void close() {
    live_.set(zmq::sockopt::linger, static_cast<int>(kLingerAtStop.count()));
    subscribers_.close();
    live_.close();
    requests_->close();
    context_.close();
  }

  void give_up(const std::string& message) {
    log::say("bus-failed", "{}", message);
    if (on_failed_) on_failed_(message);
  }

  void turn() {
    last_turn_ = clock_.steady().time_since_epoch().count();
    steps_.run([this] { wait(); });
    if (stopping_) return;
    steps_.run([this] { publish_alerts(); });
    steps_.run([this] { send_health(); });
    steps_.run([this] { read_subscriptions(); });
    steps_.run([this] {
      if (clock_.steady() >= next_heartbeat_) heartbeat(0);
    });
    steps_.run([this] { answer_requests(); });
    // Messages may have been lost, but the log has them.
    if (steps_.failed()) alerts_.fall_behind();
    steps_.end_iteration();
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
    closed_ = requests_->closed() + subscribers_.closed();
    log_connections_ = requests_->connections();
    subscriptions_ = subscribers_.subscriptions();
  }

  [[nodiscard]] Milliseconds time_to_wait() const {
    SteadyTime next = next_heartbeat_;
    if (const auto alerts = alerts_.next()) next = std::min(next, *alerts);
    if (const auto request = requests_->next()) next = std::min(next, *request);
    const SteadyTime now = clock_.steady();
    return next <= now ? 0ms : std::min(std::chrono::ceil<Milliseconds>(next - now), settings_.heartbeat);
  }

  void publish_alerts() {
    if (!alerts_.publish()) return;
    requests_->news();
    if (on_published_) on_published_(alerts_.published());
  }

  void publish_rest() {
    const SteadyTime until = clock_.steady() + kPublishAtStop;
    do {
      publish_alerts();
    } while (!alerts_.done() && clock_.steady() < until);
  }

  void read_subscriptions() {
    if (subscribers_.read()) next_heartbeat_ = std::min(next_heartbeat_, last_heartbeat_ + kWelcomeEvery);
  }

  void send_health() {
    outbox_.take(health_events_);
    for (; !health_events_.empty(); health_events_.pop_front()) {
      HealthEvent& event = health_events_.front();
      Header header;
      header.kind = 'S';
      header.log_id = alerts_.log_id();
      header.seq = alerts_.published();
      header.time_ms = to_ms(clock_.now());
      send(live_, {health_topic(event.source), encode(header), event.body});
      health_.put(event.source, std::move(event.body));
    }
  }

  void heartbeat(std::uint32_t flags) {
    next_heartbeat_ = clock_.steady() + settings_.heartbeat;
    last_heartbeat_ = clock_.steady();
    const auto frames =
        heartbeat_frames(*log_, alerts_.heads(), {alerts_.published(), settings_.heartbeat, clock_.now(), flags});
    if (frames) send(live_, *frames);
  }

  BusSettings settings_;
  std::unique_ptr<LogSource> log_;
  std::function<void(std::uint64_t)> on_published_;
  OnFailed on_failed_;
  const Clock& clock_;
  zmq::context_t context_{1};
  zmq::socket_t live_;
  LiveSubscribers subscribers_;
  Outbox outbox_{kMaxQueued};
  AlertPublisher alerts_;
  std::unique_ptr<LogEndpoint> requests_;
  std::deque<HealthEvent> health_events_;
  HealthBoard health_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::uint64_t> served_ = 0;
  std::atomic<std::uint64_t> refused_ = 0;
  std::atomic<std::uint64_t> closed_ = 0;
  std::atomic<std::size_t> log_connections_ = 0;
  std::atomic<std::size_t> subscriptions_ = 0;
  std::atomic<SteadyTime::rep> last_turn_;
  Steps steps_;
  SteadyTime next_heartbeat_{};
  SteadyTime last_heartbeat_{};
  ServiceThread thread_;
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
