#include "app/reloader.hpp"

#include "config/keys/reference.hpp"
#include "config/load.hpp"
#include "core/log.hpp"
#include "core/message_of.hpp"
#include "ops/systemd.hpp"

#include <spdlog/fmt/ranges.h>

#include <exception>
#include <stdexcept>
#include <utility>

namespace pw::app {

using boost::asio::awaitable;

Reloader::Reloader(const boost::asio::any_io_executor& loop, runtime::Pool& pool,
                   std::shared_ptr<const pipeline::Configuration> first, Steps steps)
    : pool_(pool),
      steps_(std::move(steps)),
      started_with_(first->settings),
      current_(std::move(first)),
      replaced_(loop, pool),
      mutex_(loop),
      idle_(loop) {}

awaitable<ReloadResult> Reloader::reload() {
  struct Active {
    explicit Active(Reloader& owner) : reloader(owner) { ++reloader.active_; }
    ~Active() {
      --reloader.active_;
      reloader.idle_.wake_all();
    }
    Active(const Active&) = delete;
    Active& operator=(const Active&) = delete;
    Reloader& reloader;
  };
  const Active active(*this);
  const std::uint64_t number = ++asked_;
  const runtime::AsyncMutex::Lock lock = co_await mutex_.lock();
  if (covered_ < number) {
    covered_ = asked_;
    last_ = co_await run();
  }
  co_return last_;
}

awaitable<ReloadResult> Reloader::run() {
  spdlog::info("reloading {}", current_->settings.file.string());
  ops::notify_reloading();
  ReloadResult result;
  try {
    co_await replace();
    result.restart_needed = config::restart_needed(started_with_, current_->settings);
    spdlog::info("reloaded: {} sources, {} watchlists", current_->settings.sources.size(),
                 current_->watchlists->size());
    if (!result.restart_needed.empty()) {
      log::say("reload-needs-restart", "changed, but effective only after a restart: {}",
               fmt::join(result.restart_needed, ", "));
    }
  } catch (const config::ConfigError& error) {
    result.problem = error.what();
    result.is_invalid = true;
  } catch (const std::exception& error) {
    result.problem = message_of(error);
  }
  if (!result.problem.empty()) {
    log::say("reload-rejected", "the new configuration was rejected; the old one stays in force:\n{}", result.problem);
  }
  if (!stop_.stop_requested()) {
    ops::notify_ready(result.problem.empty() ? "reloaded" : "the configuration has errors; the old one stays in force");
  }
  co_return result;
}

awaitable<void> Reloader::replace() {
  const auto check_running = [this] {
    if (stop_.stop_requested()) throw std::runtime_error("the daemon is stopping");
  };
  check_running();
  auto prepare = [this, before = current_] { return steps_.prepare(*before, stop_.get_token()); };
  pipeline::ConfigurationUpdate update = co_await pool_.run_first(std::move(prepare));
  check_running();
  auto now = update.now;
  auto replaced = steps_.apply(std::move(update));
  replaced.emplace_back(std::exchange(current_, std::move(now)));
  replaced_.add(std::move(replaced));
}

awaitable<void> Reloader::wait() {
  while (active_ > 0) co_await idle_.wait();
  co_await replaced_.stop();
}

}  // namespace pw::app
