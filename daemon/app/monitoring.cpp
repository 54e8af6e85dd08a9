#include "app/monitoring.hpp"

#include "app/metrics.hpp"
#include "app/status.hpp"
#include "core/local_address.hpp"
#include "ops/metrics_text.hpp"

#include <spdlog/fmt/fmt.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace pw::app {

namespace {

constexpr const char* kKey = "metrics.listen";

ops::HttpReply readiness(const std::vector<std::string>& reasons) {
  ops::HttpReply reply;
  reply.status = reasons.empty() ? 200 : 503;
  if (reasons.empty()) reply.body = "ready\n";
  for (const std::string& reason : reasons) reply.body += reason + '\n';
  return reply;
}

}  // namespace

Monitoring::Monitoring(const boost::asio::any_io_executor& loop, const config::MetricsSettings& settings,
                       std::filesystem::path database, std::function<Components()> components)
    : database_(std::move(database)), components_(std::move(components)), rendering_(loop) {
  if (settings.listen.empty()) return;
  const auto address = parse_local_address(settings.listen);
  if (!address) throw std::runtime_error(fmt::format("{} {}", kKey, address.error().message));
  server_.emplace(loop, *address, kKey, [this](std::string path) { return answer(std::move(path)); });
}

void Monitoring::start() {
  if (server_) server_->start();
}

void Monitoring::stop() {
  if (server_) server_->stop();
}

std::string Monitoring::address() const { return server_ ? server_->address() : ""; }

boost::asio::awaitable<ops::HttpReply> Monitoring::answer(std::string path) {
  if (path == "/healthz") co_return ops::HttpReply{200, ops::HttpReply{}.content_type, "ok\n"};
  if (path == "/readyz") co_return readiness(not_ready(components_()));
  if (path == "/metrics") co_return co_await metrics();
  co_return ops::HttpReply{404, ops::HttpReply{}.content_type, "there are /metrics, /healthz and /readyz\n"};
}

boost::asio::awaitable<ops::HttpReply> Monitoring::metrics() {
  const auto lock = co_await rendering_.lock();
  Components daemon = components_();
  auto render = [this, sample = take_metrics(daemon)] {
    return render_metrics(sample, read_disk(database_), read_process());
  };
  ops::HttpReply reply;
  reply.status = 200;
  reply.content_type = ops::kMetricsType;
  // Must not wait behind articles: what a full pool looks like is what the metrics are for.
  reply.body = co_await daemon.pool.run_first(std::move(render));
  co_return reply;
}

}  // namespace pw::app
