#include "app/daemon.hpp"

#include "app/check_settings.hpp"
#include "app/components.hpp"
#include "app/control_commands.hpp"
#include "app/descriptor_need.hpp"
#include "app/disk.hpp"
#include "app/fetch_settings.hpp"
#include "app/load_configuration.hpp"
#include "app/monitoring.hpp"
#include "app/reloader.hpp"
#include "bus/bus.hpp"
#include "core/descriptors.hpp"
#include "core/log.hpp"
#include "fetch/fetcher.hpp"
#include "ops/control.hpp"
#include "ops/systemd.hpp"
#include "pipeline/pipeline.hpp"
#include "runtime/loop_stalls.hpp"
#include "runtime/pool.hpp"
#include "runtime/spawn.hpp"
#include "store/store.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/fmt/fmt.h>

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
namespace json = boost::json;
using namespace std::chrono_literals;

namespace {

constexpr runtime::Capacity kPoolCapacity{256, std::size_t{64} << 20U};
constexpr unsigned kWaitingThreads = 32;  // this many plugins may hang before others have to wait …
constexpr runtime::Capacity kWaitingCapacity{256, std::size_t{256} << 20U};  // … each with a body of 8 MiB
constexpr Milliseconds kStopWithin = 15s;                                    // less than TimeoutStopSec of the unit

std::filesystem::path database_of(const config::MainSettings& in) { return in.daemon.state / store::kDatabaseName; }

store::StoreSettings to_store(const config::Settings& in) {
  if (std::filesystem::create_directories(in.daemon.state)) {
    std::filesystem::permissions(in.daemon.state, std::filesystem::perms::owner_all);
  }
  store::StoreSettings out;
  out.path = database_of(in);
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
  explicit Impl(const std::shared_ptr<const pipeline::Configuration>& configuration)
      : signals_(loop_, SIGTERM, SIGINT, SIGHUP),
        heart_(loop_),
        stalls_(loop_.get_executor()),
        pool_(configuration->settings.daemon.threads, kPoolCapacity),
        waiting_(kWaitingThreads, kWaitingCapacity),
        store_(
            to_store(configuration->settings), clock_,
            [this](std::vector<StoredAlert> alerts) {
              if (bus_) bus_->publish(std::move(alerts));
            },
            [this](const std::string& why) { end_because(why); }),
        bus_(std::make_unique<bus::Bus>(
            to_bus(configuration->settings.bus), store_.open_log(), store_.published_seq(),
            [this](std::uint64_t seq) { store_.set_published(seq); }, clock_,
            [this](const std::string& why) { end_because(why); })),
        fetcher_(loop_.get_executor(), to_fetch(configuration->settings.fetch), clock_, &pool_),
        pipeline_(
            loop_.get_executor(),
            {fetcher_, pool_, waiting_, store_, clock_,
             [this](const bus::HealthInfo& info) { bus_->publish_health(info.source.id, bus::health_json(info)); }},
            pipeline::prepare_update(nullptr, configuration, store_)),
        reloader_(loop_.get_executor(), pool_, configuration, reload_steps(configuration->settings.file)),
        disk_(loop_.get_executor(), pool_, database_of(configuration->settings)),
        monitoring_(loop_.get_executor(), configuration->settings.metrics, database_of(configuration->settings),
                    [this] { return components(); }),
        control_(loop_.get_executor(), configuration->settings.daemon.control,
                 [this](json::object request) { return control_command(std::move(request), components()); }) {
    warn_of_few_descriptors(*configuration);
  }

  void run() {
    started_ = clock_.now();
    started_steady_ = clock_.steady();
    auto signals = watch_signals();
    runtime::spawn(loop_.get_executor(), std::move(signals), "signals");
    auto heart = beat();
    runtime::spawn(loop_.get_executor(), std::move(heart), "watchdog");
    auto measuring = stalls_.run();
    runtime::spawn(loop_.get_executor(), std::move(measuring), "loop stalls");
    auto watching = disk_.run();
    runtime::spawn(loop_.get_executor(), std::move(watching), "disk");
    control_.start();
    monitoring_.start();
    pipeline_.start();
    polling_ = true;
    const std::string status =
        fmt::format("watching {} sources for {} watchlists", pipeline_.source_count(), pipeline_.watchlists().size());
    spdlog::info("{}", status);
    if (!monitoring_.address().empty()) spdlog::info("metrics and health are served on {}", monitoring_.address());
    ops::notify_ready(status);
    run_loop();
    if (store_.damaged()) throw store::DamagedError(failure_);
    if (!failure_.empty()) throw std::runtime_error(failure_);
  }

 private:
  Components components() {
    return {pipeline_,
            store_,
            *bus_,
            fetcher_,
            reloader_,
            clock_,
            stalls_,
            pool_,
            waiting_,
            disk_,
            monitoring_.address(),
            polling_ && !stopping_,
            started_,
            started_steady_};
  }

  /// Running out of memory fails the current handler, not the daemon.
  void run_loop() {
    while (true) {
      try {
        loop_.run();
        return;
      } catch (const std::bad_alloc&) {
        log::say("out-of-memory", "out of memory in one step of the loop; the step was abandoned");
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
      auto task = reload();
      runtime::spawn(loop_.get_executor(), std::move(task), "reload");
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
      log::say("stop-timeout", "could not stop in {}; ending now", to_string(kStopWithin));
      log::flush();
      std::_Exit(1);
    });
    control_.stop();
    monitoring_.stop();
    disk_.stop();
    heart_.cancel();
    stalls_.stop();
    reloader_.cancel();
    co_await pipeline_.stop();
    co_await reloader_.wait();
    pool_.join();
    waiting_.join();
    store_.close();
    bus_->stop();
    deadline_.request_stop();
    loop_.stop();
  }

  Reloader::Steps reload_steps(const std::filesystem::path& file) {
    Reloader::Steps steps;
    steps.prepare = [this, file](const pipeline::Configuration& before, const std::stop_token& stop) {
      auto configuration = load_configuration(file, &before, stop);
      log_warnings(configuration->settings);
      return pipeline::prepare_update(&before, std::move(configuration), store_);
    };
    steps.apply = [this](pipeline::ConfigurationUpdate update) {
      fetcher_.update(to_fetch(update.now->settings.fetch));
      return pipeline_.apply(std::move(update));
    };
    return steps;
  }

  asio::awaitable<void> reload() { co_await reloader_.reload(); }

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
      log::summarize();
    }
  }

  SystemClock clock_;
  Time started_{};
  std::chrono::steady_clock::time_point started_steady_;
  bool polling_ = false;
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
  Reloader reloader_;
  DiskWatch disk_;
  Monitoring monitoring_;
  ops::Control control_;
  std::jthread deadline_;
};

Daemon::Daemon(const std::shared_ptr<const pipeline::Configuration>& configuration) {
  try {
    impl_ = std::make_unique<Impl>(configuration);
  } catch (const store::DamagedError& error) {
    // A read that failed may have looked like damage.
    store::confirm_damage(error.what(), database_of(configuration->settings).string());
  }
}

Daemon::~Daemon() = default;

void Daemon::run() { impl_->run(); }

}  // namespace pw::app
