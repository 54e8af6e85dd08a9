#pragma once
/// One turn of a source without a daemon: what it asks, what it is answered, and every value that it emits.

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

/// Answers a request of the plugin.
using Answerer = std::function<Result<fetch::FetchResponse>(const source::Request& request)>;

struct Step {
  source::Request request;
  std::optional<fetch::FetchResponse> response;
  source::Emitted emitted;
  std::optional<Error> error;  ///< of the fetch, or of the plugin
};

struct DryRun {
  std::vector<Step> steps;  ///< the first is the poll, without a request
  [[nodiscard]] bool failed() const;
  /// All of it as JSON: a list of steps with what each emitted.
  [[nodiscard]] boost::json::object to_json() const;
};

/// poll, and parse for every request until none is left, at most 20.
DryRun dry_run(const source::Plugin& plugin, const config::SourceSettings& settings, Time now, const Answerer& answer);
/// The same with a source that there is already, from a cursor.
DryRun dry_run(source::Source& source, source::Plugin::Body body, std::string_view cursor, Time now,
               const Answerer& answer);

/// The plugin of one folder, loaded as the daemon loads it. Fails with every reason of a refusal.
Result<std::shared_ptr<const source::Plugin>> load_folder(source::Registry& registry,
                                                          const std::filesystem::path& folder);

/// Settings of "name=value" texts, checked against what the plugin declares.
Result<config::SourceSettings> settings_of(const source::Plugin& plugin, const std::vector<std::string>& given);

/// JSON with a member a line, so that a difference reads well. Ends with a newline.
std::string pretty(const boost::json::value& value);

}  // namespace pw::cli
