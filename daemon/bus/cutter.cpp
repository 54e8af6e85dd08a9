#include "bus/cutter.hpp"

#include "bus/connection.hpp"
#include "core/log.hpp"

#include <spdlog/fmt/fmt.h>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kTellEvery = 10s;

}  // namespace

bool Cutter::cut(int descriptor, SteadyTime now, const std::string& why) {
  if (!shut_down(descriptor, endpoint_, own_)) return false;
  ++closed_;
  if (told_ != SteadyTime{} && now - told_ < kTellEvery) return true;
  const std::uint64_t fresh = closed_ - closed_told_;
  log::say("bus-client-closed", "{}: closed {} of {}: {}", endpoint_,
           fresh == 1 ? "a connection" : fmt::format("{} connections", fresh), name_, why);
  told_ = now;
  closed_told_ = closed_;
  return true;
}

std::string too_many_connections(std::size_t most) {
  return fmt::format("{} clients are connected already; a higher LimitNOFILE allows more", most);
}

}  // namespace pw::bus
