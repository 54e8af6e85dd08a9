#include "cli/endpoints.hpp"

#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "config/load.hpp"
#include "source/loader/loader.hpp"
#include "store/store.hpp"

#include <spdlog/fmt/fmt.h>

#include <optional>
#include <utility>
#include <vector>

namespace pw::cli {
namespace {

constexpr std::size_t kMostShown = 3;  // errors; they are not the subject of the command

/// The given configuration, or the default one; nullopt if there is none.
std::optional<std::filesystem::path> file_of(const std::filesystem::path& config) {
  return config.empty() ? find_config() : config;
}

config::Addresses addresses_of(const std::filesystem::path& config) {
  if (const auto file = file_of(config)) return config::load_addresses(*file);
  const config::Settings built_in;
  return {built_in.daemon.control, built_in.bus.live, built_in.bus.log, built_in.daemon.state, {}};
}

/// Returns the address, or throws the errors of the file that should provide it.
template <class Address>
Address known(std::optional<Address> address, const std::vector<config::Problem>& problems) {
  if (!address) throw config::ConfigError(problems);
  return *std::move(address);
}

}  // namespace

std::filesystem::path find_control(const std::filesystem::path& config) {
  const config::Addresses found = addresses_of(config);
  return known(found.control, found.problems);
}

std::filesystem::path find_database(const std::filesystem::path& config) {
  const config::Addresses found = addresses_of(config);
  return known(found.state, found.problems) / store::kDatabaseName;
}

BusEndpoints find_bus(const std::filesystem::path& config) {
  const config::Addresses found = addresses_of(config);
  return {known(found.live, found.problems), known(found.log, found.problems)};
}

void warn_of_mistakes(const std::filesystem::path& config) {
  const auto file = file_of(config);
  if (!file) return;
  try {
    config::load(*file, loader::read_registry(*file).options());
  } catch (const config::ConfigError& error) {
    std::string said = "the configuration has errors; the daemon keeps the previous one:";
    for (const config::Problem& problem : error.problems()) {
      if (&problem == error.problems().data() + kMostShown) break;
      said += "\n  " + problem.text();
    }
    if (error.problems().size() > kMostShown) {
      said += fmt::format("\n  and {} more: `presswatch check --config {}` lists them",
                          error.problems().size() - kMostShown, file->string());
    }
    report(said);
  }
}

}  // namespace pw::cli
