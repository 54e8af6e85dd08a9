#pragma once
/// From the watchlists of the settings to the compiled set.

#include "config/settings.hpp"
#include "match/frequencies.hpp"
#include "match/match.hpp"

#include <memory>
#include <vector>

namespace pw::pipeline {

/// Keeps what it compiled last, so that the next time only what changed is compiled. One thread at a time.
class WatchlistCompiler {
 public:
  /// Throws config::ConfigError naming the file and line of each wrong query or name; what was compiled last is kept.
  std::shared_ptr<const match::WatchlistSet> compile(const config::Settings& settings);

  /// What compile chooses rare words by; learnt from the articles that are matched.
  [[nodiscard]] std::shared_ptr<match::Frequencies> frequencies() const { return frequencies_; }

 private:
  std::shared_ptr<match::Frequencies> frequencies_ = std::make_shared<match::Frequencies>();
  std::vector<config::NameSettings> name_settings_;
  std::shared_ptr<const match::NameTable> names_;
  std::shared_ptr<const match::WatchlistSet> last_;
};

/// The same for one time.
std::shared_ptr<const match::WatchlistSet> compile_watchlists(const config::Settings& settings);

}  // namespace pw::pipeline
