#include "app/daemon.hpp"

#include "app/control_commands.hpp"
#include "app/fetch_settings.hpp"
#include "bus/bus.hpp"
#include "config/keys/reference.hpp"
#include "config/load.hpp"
#include "core/descriptors.hpp"
#include "core/log.hpp"
#include "fetch/fetcher.hpp"
#include "ops/control.hpp"
#include "ops/systemd.hpp"
#include "pipeline/pipeline.hpp"
#include "runtime/loop_stalls.hpp"
#include "runtime/pool.hpp"
#include "runtime/spawn.hpp"
#include "source/loader/loader.hpp"
#include "store/store.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <new>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>

namespace pw::app {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

constexpr runtime::Capacity kPoolCapacity{256, std::size_t{64} << 20U};
constexpr unsigned kWaitingThreads = 32;  // this many plugins may hang before others have to wait …
constexpr runtime::Capacity kWaitingCapacity{256, std::size_t{256} << 20U};  // … each with a body of 8 MiB
constexpr Milliseconds kStopWithin = 15s;                                    // less than TimeoutStopSec of the unit

store::StoreSettings to_store(const config::Settings& in) {
  if (std::filesystem::create_directories(in.daemon.state)) {
    std::filesystem::permissions(in.daemon.state, std::filesystem::perms::owner_all);
  }
  store::StoreSettings out;
  out.path = in.daemon.state / "presswatch.db";
  out.retention_articles = in.store.keep_articles;
  out.retention_alerts = in.store.keep_alerts;
  return out;
}

/// A quarter of the file descriptors per endpoint leaves enough for everything other than the bus.
bus::BusSettings to_bus(const config::BusSettings& in) {
  constexpr std::size_t kMostClients = 4096;
  return {in.live, in.log, in.heartbeat, std::min(descriptor_limit() / 4, kMostClients)};
}

}  // namespace

class Daemon::Impl {
 public:
  Impl(source::Registry& registry, config::Settings settings)
      : registry_(registry),
        settings_(std::move(settings)),
        running_(settings_),
        signals_(loop_, SIGTERM, SIGINT, SIGHUP),
        heart_(loop_),
        stalls_(loop_.get_executor()),
        pool_(settings_.daemon.threads, kPoolCapacity),
        waiting_(kWaitingThreads, kWaitingCapacity),
        store_(
            to_store(settings_), clock_,
            [this](std::vector<StoredAlert> alerts) {
              if (bus_) bus_->publish(std::move(alerts));
            },
            [this](const std::string& why) { end_because(why); }),
        bus_(std::make_unique<bus::Bus>(
            to_bus(settings_.bus), store_.open_log(), store_.published_seq(),
            [this](std::uint64_t seq) { store_.set_published(seq); }, clock_,
            [this](const std::string& why) { end_because(why); })),
        fetcher_(loop_.get_executor(), to_fetch(settings_.fetch), clock_, &pool_),
        pipeline_(
            loop_.get_executor(),
            {registry_, fetcher_, pool_, waiting_, store_, clock_,
             [this](const bus::HealthInfo& info) { bus_->publish_health(info.source.id, bus::health_json(info)); }},
            settings_),
        control_(loop_.get_executor(), settings_.daemon.control, [this](const auto& request) {
          return control_command(
              request,
              {pipeline_, store_, *bus_, fetcher_, registry_, clock_, stalls_, pool_, started_, started_steady_},
              [this] { return reload(); });
        }) {}

  void run() {
    started_ = clock_.now();
    started_steady_ = clock_.steady();
    auto signals = watch_signals();
    runtime::spawn(loop_.get_executor(), std::move(signals), "signals");
    auto heart = beat();
    runtime::spawn(loop_.get_executor(), std::move(heart), "watchdog");
    auto measuring = stalls_.run();
    runtime::spawn(loop_.get_executor(), std::move(measuring), "loop stalls");
    control_.start();
    pipeline_.start();
    const std::string status =
        fmt::format("watching {} sources for {} watchlists", pipeline_.sources().size(), pipeline_.watchlists().size());
    spdlog::info("{}", status);
    ops::notify_ready(status);
    run_loop();
    if (!failure_.empty()) throw std::runtime_error(failure_);
  }

 private:
  /// Running out of memory fails the current handler, not the daemon.
  void run_loop() {
    while (true) {
      try {
        loop_.run();
        return;
      } catch (const std::bad_alloc&) {
        spdlog::error("out of memory in one step of the loop; the step was abandoned");
      }
    }
  }

  /// An essential thread has ended: shuts down in order and reports it by the exit code. Any thread.
  void end_because(const std::string& why) noexcept {
    try {
      asio::post(loop_, [this, why] {
        if (failure_.empty()) failure_ = why;
        auto task = stop();
        runtime::spawn(loop_.get_executor(), std::move(task), "stop");
      });
    } catch (...) {
      log::flush();
      std::_Exit(1);
    }
  }

  asio::awaitable<void> watch_signals() {
    while (true) {
      const int signal = co_await signals_.async_wait(asio::use_awaitable);
      if (signal != SIGHUP) break;
      reload();
    }
    // From here on a second signal terminates the process by its default action.
    signals_.clear();
    std::signal(SIGTERM, SIG_DFL);
    std::signal(SIGINT, SIG_DFL);
    co_await stop();
  }

  /// In the order of docs/architecture.md: nothing is destroyed while something running may still use it.
  asio::awaitable<void> stop() {
    if (stopping_) co_return;
    spdlog::info("stopping");
    ops::notify_stopping();
    stopping_ = true;
    deadline_ = std::jthread([](const std::stop_token& finished) {
      for (Milliseconds waited{0}; waited < kStopWithin; waited += 100ms) {
        if (finished.stop_requested()) return;
        std::this_thread::sleep_for(100ms);
      }
      spdlog::critical("could not stop in {}; ending now", to_string(kStopWithin));
      log::flush();
      std::_Exit(1);
    });
    control_.stop();
    heart_.cancel();
    stalls_.stop();
    co_await pipeline_.stop();
    pool_.join();
    waiting_.join();
    store_.close();
    bus_->stop();
    deadline_.request_stop();
    loop_.stop();
  }

  ReloadResult reload() {
    spdlog::info("reloading {}", settings_.file.string());
    ops::notify_reloading();
    ReloadResult result;
    try {
      loader::load_packages(registry_, config::load_plugin_settings(settings_.file));
      config::Settings fresh = config::load(settings_.file, registry_.options());
      const fetch::FetchSettings fetching = to_fetch(fresh.fetch);
      fetch::Fetcher::check(fetching);
      pipeline_.reload(fresh);
      // Nothing can be rejected from here on.
      fetcher_.update(fetching);
      result.restart_needed = config::restart_needed(running_, fresh);
      settings_ = std::move(fresh);
      spdlog::info("reloaded: {} sources, {} watchlists", pipeline_.sources().size(), pipeline_.watchlists().size());
      if (!result.restart_needed.empty()) {
        spdlog::warn("changed, but effective only after a restart: {}", fmt::join(result.restart_needed, ", "));
      }
    } catch (const std::exception& error) {
      result.problem = error.what();
      spdlog::error("the new configuration was rejected; the old one stays in force:\n{}", result.problem);
    }
    ops::notify_ready(result.problem.empty() ? "reloaded" : "the configuration has errors; the old one stays in force");
    return result;
  }

  /// Feeds the service manager's watchdog while the scheduler keeps iterating.
  asio::awaitable<void> beat() {
    const Milliseconds period = ops::watchdog_period().value_or(30s) / 3;
    std::uint64_t seen = 0;
    boost::system::error_code ignored;
    while (!stopping_) {
      heart_.expires_after(period);
      co_await heart_.async_wait(asio::redirect_error(asio::use_awaitable, ignored));
      const std::uint64_t turns = pipeline_.counters().turns;
      if (turns != seen) ops::notify_watchdog();
      seen = turns;
    }
  }

  source::Registry& registry_;
  config::Settings settings_;       ///< as last loaded
  const config::Settings running_;  ///< as at the start; still in force for settings that need a restart
  SystemClock clock_;
  Time started_{};
  std::chrono::steady_clock::time_point started_steady_;
  bool stopping_ = false;
  std::string failure_;  ///< reason of a shutdown that was not requested
  asio::io_context loop_{1};
  asio::signal_set signals_;
  asio::steady_timer heart_;
  runtime::LoopStalls stalls_;
  runtime::Pool pool_;
  runtime::Pool waiting_;
  store::Store store_;
  std::unique_ptr<bus::Bus> bus_;
  fetch::Fetcher fetcher_;
  pipeline::Pipeline pipeline_;
  ops::Control control_;
  std::jthread deadline_;
};

Daemon::Daemon(source::Registry& registry, config::Settings settings)
    : impl_(std::make_unique<Impl>(registry, std::move(settings))) {}

Daemon::~Daemon() = default;

void Daemon::run() { impl_->run(); }

}  // namespace pw::app
