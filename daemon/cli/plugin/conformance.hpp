#pragma once
/// Whether a plugin of any kind keeps to what the daemon relies on, whatever it is given.

#include "cli/plugin/plugin_case.hpp"
#include "cli/plugin/watched_plugin.hpp"
#include "source/plugin.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pw::cli {

/// What came of one rule.
struct Verdict {
  std::string rule;
  std::string summary;                ///< of what was tried
  std::vector<std::string> failures;  ///< empty: it is kept
};

/// Tries a plugin with the options and answers of its cases, and with what these become when everything goes wrong.
/// Orderly failures (a reason is given) are fine wherever the input is bad; crashes, exceptions, broken rules and calls
/// that take too long are not. Needs at least one case.
class Conformance {
 public:
  using Report = std::function<void(const Verdict& verdict)>;

  Conformance(const source::Plugin& plugin, std::vector<RecordedCase> cases, std::shared_ptr<Watch> watch);

  /// Every rule, each reported when it has been tried. True when all are kept.
  bool run(const Report& report);

 private:
  using Source = std::unique_ptr<source::Source>;

  [[nodiscard]] Source make(const RecordedCase& recorded) const;
  /// Notes what breaks the rules: an error that is no orderly one. True when there was none.
  bool orderly(const Error& error, const std::string& what);
  bool orderly(const DryRun& run, const std::string& what);

  void options();
  void repetition();
  void ids();
  void positions();
  void odd_positions();
  void answers();
  void pages();
  void deadlines();

  source::Plugin plugin_;
  std::vector<RecordedCase> cases_;
  std::shared_ptr<Watch> watch_;
  Verdict verdict_;
};

}  // namespace pw::cli
