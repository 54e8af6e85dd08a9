#pragma once
/// Recorded test cases of a plugin. A case is a folder with case.json (options, time, responses), the response bodies,
/// and expected.json.

#include "cli/plugin/dry_run.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace pw::cli {

/// Saves a run as a case. Fails if the folder exists.
Result<void> write_case(const std::filesystem::path& folder, const std::vector<std::string>& given, Time now,
                        const DryRun& run);

/// The folders in `folder` with a case.json, sorted by name.
std::vector<std::filesystem::path> find_cases(const std::filesystem::path& folder);

struct RecordedCase {
  std::vector<std::string> given;  ///< options as NAME=VALUE
  Time now{};
  std::map<std::string, fetch::FetchResponse> answers;  ///< by requested URL

  /// Answers requests from the recording. This object must outlive the result.
  [[nodiscard]] Answerer answerer() const;
};

Result<RecordedCase> read_case(const std::filesystem::path& folder);

/// Replays a case without a network. Returns "" if the emitted values are as expected, else the differing lines. With
/// `update`, the new result becomes the expected one.
Result<std::string> play_case(const source::Plugin& plugin, const std::filesystem::path& folder, bool update);

/// The differing lines of two texts, marked "-" and "+", with two lines of context. "" if they are equal.
std::string line_difference(const std::string& before, const std::string& after);

}  // namespace pw::cli
