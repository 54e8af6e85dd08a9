#include "bus/steps.hpp"

#include "core/log.hpp"
#include "core/time.hpp"

#include <spdlog/fmt/fmt.h>

#include <cerrno>
#include <stdexcept>
#include <thread>
#include <utility>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kAfterFailure = 100ms;
constexpr int kMaxFailures = 100;

}  // namespace

void Steps::end_iteration() {
  const bool failed = std::exchange(failed_, false);
  failures_ = failed ? failures_ + 1 : 0;
  if (!failed) return;
  if (failures_ >= kMaxFailures) throw std::runtime_error(fmt::format("{} turns failed in a row", failures_));
  std::this_thread::sleep_for(kAfterFailure);
}

/// Call it while `error` is handled.
void Steps::note(const std::exception& error) {
  if (const auto* zmq = dynamic_cast<const zmq::error_t*>(&error)) {
    if (zmq->num() == EINTR) return;
    if (zmq->num() == ETERM || zmq->num() == ENOTSOCK) throw;
  }
  if (failures_ == 0) log::say("bus-step-failed", "the bus gives up what it was at and goes on: {}", error.what());
  failed_ = true;
}

}  // namespace pw::bus
