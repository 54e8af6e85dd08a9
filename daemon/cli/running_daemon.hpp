#pragma once
/// Recognises the daemon of a configuration while it runs.

#include "app/check_system.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace pw::cli {

struct RunningDaemon {
  std::int64_t process = 0;
  app::Held held;
};

/// The daemon that answers on the control socket; nullopt if none does.
std::optional<RunningDaemon> find_running(const std::filesystem::path& control);

}  // namespace pw::cli
