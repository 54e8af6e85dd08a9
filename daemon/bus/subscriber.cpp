#include "bus/subscriber.hpp"

#include "bus/log_client.hpp"
#include "bus/place.hpp"
#include "bus/sockets.hpp"
#include "core/json/json_member.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <atomic>
#include <random>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>
#include <zmq.hpp>

namespace pw::bus {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;
using Steady = std::chrono::steady_clock;

constexpr Milliseconds kFirstBackoff = 200ms;
constexpr Milliseconds kLastBackoff = 30s;
constexpr std::uint64_t kLongestHeartbeatMs = 3'600'000;
constexpr std::uint64_t kBusyMs = 500;  // if the daemon does not say how long
constexpr std::uint64_t kLongestBusyMs = 10'000;

}  // namespace

class Subscriber::Impl {
 public:
  Impl(SubscriberSettings settings, OnAlert on_alert, OnNotice on_notice)
      : settings_(std::move(settings)),
        on_alert_(std::move(on_alert)),
        on_notice_(std::move(on_notice)),
        log_(context_, settings_.log, stopping_),
        place_(settings_.channel, settings_.cursor, settings_.since) {}

  void run() {
    connect();
    while (!stopping_) {
      if (behind_ && !replay()) {
        away();
        continue;
      }
      wait_readable(*live_, kSubscriberTick);
      while (!stopping_ && !behind_) {
        const auto frames = receive_parts(*live_);
        if (frames.empty()) break;
        read_live(frames);
      }
      if (Steady::now() - last_heard_ > 3 * heartbeat_) away();
    }
  }

  void stop() noexcept { stopping_ = true; }

 private:
  /// Creates a new SUB socket: libzmq does not always notice a lost peer or resend subscriptions.
  void connect() {
    live_ = std::make_unique<zmq::socket_t>(context_, zmq::socket_type::sub);
    live_->set(zmq::sockopt::linger, 0);
    live_->set(zmq::sockopt::rcvhwm, 10000);
    live_->set(zmq::sockopt::reconnect_ivl, 200);
    live_->set(zmq::sockopt::reconnect_ivl_max, 10000);
    live_->set(zmq::sockopt::subscribe, settings_.channel.empty() ? "A/" : "A/" + settings_.channel + '/');
    live_->set(zmq::sockopt::subscribe, "H");
    allow_family_of(*live_, settings_.live);
    live_->connect(settings_.live);
    last_heard_ = Steady::now();
    behind_ = true;
  }

  void away() {
    if (!told_away_) on_notice_(fmt::format("no word from {}; waiting for it", settings_.live));
    told_away_ = true;
    sleep(backoff_);
    backoff_ = std::min(backoff_ * 2, kLastBackoff);
    connect();
  }

  /// Sleeps `about` ± 50 %, so that many subscribers do not reconnect at once.
  void sleep(Milliseconds about) {
    std::uniform_real_distribution<double> spread(0.5, 1.5);
    const auto wait = std::chrono::duration_cast<Milliseconds>(about * spread(random_));
    const auto until = Steady::now() + wait;
    while (!stopping_ && Steady::now() < until) std::this_thread::sleep_for(std::min(wait, kSubscriberTick));
  }

  /// The daemon is overloaded or cannot read its log. It is reachable, so there is no need to reconnect.
  void wait_while_busy(const json::object& reply) {
    if (!told_busy_)
      on_notice_(fmt::format("the daemon is busy ({}); asking again", printable(text_member(reply, "why"))));
    told_busy_ = true;
    const std::uint64_t ms = count_member(reply, "retry_ms").value_or(kBusyMs);
    sleep(Milliseconds{std::clamp<std::uint64_t>(ms, 50, kLongestBusyMs)});
  }

  void heard() {
    last_heard_ = Steady::now();
    backoff_ = kFirstBackoff;
    if (told_away_) on_notice_("it is back");
    told_away_ = false;
  }

  void read_live(const std::vector<zmq::message_t>& frames) {
    if (frames.size() != 3) return;
    const auto header = decode(frames[1].to_string_view());
    if (!header) return;
    if (header->version != kVersion) {
      throw std::runtime_error(fmt::format("the daemon speaks version {} of the bus, this program {}: update it",
                                           header->version, kVersion));
    }
    heard();
    if (header->kind == 'H') {
      read_heartbeat(*header, frames[2].to_string_view());
    } else if (header->kind == 'A') {
      const Place::Step step = place_.judge(*header);
      if (step == Place::Step::deliver) deliver({*header, frames[2].to_string(), false});
      behind_ = step == Place::Step::ask;
    }
  }

  void read_heartbeat(const Header& header, std::string_view body) {
    boost::system::error_code error;
    const json::value value = json::parse(body, error);
    if (error || !value.is_object()) return;
    const json::object& in = value.get_object();
    const std::uint64_t ms = count_member(in, "hb_ms").value_or(0);
    if (ms > 0) heartbeat_ = Milliseconds{std::clamp<std::uint64_t>(ms, 100, kLongestHeartbeatMs)};
    behind_ = place_.behind(header, in);
  }

  void deliver(const Delivery& delivery) {
    if (place_.deliver(delivery.header) && !on_alert_(delivery)) stopping_ = true;
  }

  /// Reads the log from the current position to its head. False when the daemon does not answer or is not able to.
  bool replay() {
    while (!stopping_) {
      const auto page = log_.ask(place_.request());
      if (!page) return stopping_;
      heard();
      const std::string status(text_member(page->head, "status"));
      if (status == "busy") {
        wait_while_busy(page->head);
        continue;
      }
      told_busy_ = false;
      if (!read_status(*page, status)) return false;
      behind_ = status != "ok";
      if (!behind_) return true;
    }
    return true;
  }

  /// False when the reply does not allow continuing.
  bool read_status(const LogReply& page, const std::string& status) {
    if (status == "bad") throw std::runtime_error("the daemon refused: " + printable(text_member(page.head, "why")));
    if (status != "ok" && status != "more" && status != "gone" && status != "reset") {
      on_notice_(
          fmt::format("the log answered \"{}\": {}", printable(status), printable(text_member(page.head, "why"))));
      return false;
    }
    if (const std::string notice = place_.read(page.head); !notice.empty()) on_notice_(notice);
    for (const Delivery& one : page.alerts) {
      if (!stopping_) deliver(one);
    }
    if (!stopping_ && (status == "ok" || status == "more")) place_.finish(page.head);
    return true;
  }

  SubscriberSettings settings_;
  OnAlert on_alert_;
  OnNotice on_notice_;
  zmq::context_t context_{1};
  std::unique_ptr<zmq::socket_t> live_;
  std::atomic<bool> stopping_ = false;
  LogClient log_;
  Place place_;
  bool behind_ = true;
  bool told_away_ = false;
  bool told_busy_ = false;
  Milliseconds heartbeat_ = 1s;
  Milliseconds backoff_ = kFirstBackoff;
  Steady::time_point last_heard_{};
  std::minstd_rand random_{std::random_device{}()};
};

Subscriber::Subscriber(SubscriberSettings settings, OnAlert on_alert, OnNotice on_notice)
    : impl_(std::make_unique<Impl>(std::move(settings), std::move(on_alert), std::move(on_notice))) {}

Subscriber::~Subscriber() = default;

void Subscriber::run() { impl_->run(); }

void Subscriber::stop() noexcept { impl_->stop(); }

}  // namespace pw::bus
