#pragma once
/// Checks that a plugin of any kind keeps the rules that the daemon relies on, whatever its input.

#include "cli/plugin/plugin_case.hpp"
#include "cli/plugin/watched_plugin.hpp"
#include "source/plugin.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pw::cli {

/// The result of one rule.
struct Verdict {
  std::string rule;
  std::string summary;                ///< what was tested
  std::vector<std::string> failures;  ///< empty: passed
};

/// Tests a plugin with the options and responses of its recorded cases and with malformed variants of them. An error
/// with a reason is acceptable for any bad input; crashes, exceptions, violated rules and calls that take too long are
/// not. Needs at least one case.
class Conformance {
 public:
  using Report = std::function<void(const Verdict& verdict)>;

  Conformance(const source::Plugin& plugin, std::vector<RecordedCase> cases, std::shared_ptr<Watch> watch);

  /// Tests every rule and reports each result. True when all pass.
  bool run(const Report& report);

 private:
  using Source = std::unique_ptr<source::Source>;

  [[nodiscard]] Source make(const RecordedCase& recorded) const;
  /// Records an error that violates the rules. True if there was none.
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
