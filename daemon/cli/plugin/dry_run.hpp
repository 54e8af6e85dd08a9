#pragma once
/// Polls a source once without a daemon, recording its requests, the responses, and every emitted value.

#include "fetch/fetch_types.hpp"
#include "source/registry.hpp"

#include <boost/json/object.hpp>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::cli {

/// Answers a plugin's request.
using Answerer = std::function<Result<fetch::FetchResponse>(const source::Request& request)>;

/// One call of the plugin: its request, and what came back.
struct Step {
  source::Request request;
  std::optional<fetch::FetchResponse> response;
  source::Emitted emitted;
  std::optional<Error> error;  ///< from the fetch or from the plugin
};

struct DryRun {
  std::vector<Step> steps;  ///< the first is the poll, which has no request
  [[nodiscard]] bool failed() const;
  /// The run as JSON: a list of steps with the values each emitted.
  [[nodiscard]] boost::json::object to_json() const;
};

/// Calls poll, then parse for each request until none is left, at most 20.
DryRun dry_run(const source::Plugin& plugin, const config::SourceSettings& settings, Time now, const Answerer& answer);
/// Same, for an existing source, starting at a cursor.
DryRun dry_run(source::Source& source, source::Plugin::Body body, std::string_view cursor, Time now,
               const Answerer& answer);

/// Loads the plugin of one folder as the daemon does. A refusal lists all its reasons.
Result<std::shared_ptr<const source::Plugin>> load_folder(source::Registry& registry,
                                                          const std::filesystem::path& folder);

/// Settings from "name=value" texts, validated against the plugin's declarations.
Result<config::SourceSettings> settings_of(const source::Plugin& plugin, const std::vector<std::string>& given);

/// JSON with one member per line, for readable diffs. Ends with a newline.
std::string pretty(const boost::json::value& value);

}  // namespace pw::cli
