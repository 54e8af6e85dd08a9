#pragma once
/// Recorded cases of a plugin: a folder with case.json (options, time, answers), the answers' bodies, and
/// expected.json.

#include "cli/plugin/dry_run.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pw::cli {

/// Writes a run down as a case. Refuses a folder that is there already.
Result<void> write_case(const std::filesystem::path& folder, const std::vector<std::string>& given, Time now,
                        const DryRun& run);

/// The folders in `folder` that hold a case.json, by name.
std::vector<std::filesystem::path> find_cases(const std::filesystem::path& folder);

struct RecordedCase {
  std::vector<std::string> given;  ///< options as NAME=VALUE
  Time now{};
  std::map<std::string, fetch::FetchResponse> answers;  ///< by the URL that was asked

  /// What was recorded for a request. The object must outlive it.
  [[nodiscard]] Answerer answerer() const;
};

Result<RecordedCase> read_case(const std::filesystem::path& folder);

/// Plays a case back without a network. "" when what is emitted is what was expected, else the lines that differ;
/// with `update` the new result becomes the expected one.
Result<std::string> play_case(const source::Plugin& plugin, const std::filesystem::path& folder, bool update);

/// The lines of two texts that differ, marked "-" and "+", with two lines around. "" when they are the same.
std::string line_difference(const std::string& before, const std::string& after);

}  // namespace pw::cli
