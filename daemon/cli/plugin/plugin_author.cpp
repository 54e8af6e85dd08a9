#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/fetch_once.hpp"
#include "cli/plugin/author_options.hpp"
#include "cli/plugin/dry_run.hpp"
#include "cli/plugin/plugin_case.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"
#include "source/loader/loader.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <stdexcept>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> with_url(const source::Plugin& plugin, const AuthorOptions& options) {
  std::vector<std::string> out = options.set;
  const auto takes_url = std::ranges::find(plugin.options, "url", &config::OptionSpec::name) != plugin.options.end();
  if (!options.url.empty() && takes_url) out.push_back("url=" + options.url);
  return out;
}

Answerer from_network(const AuthorOptions& options) {
  return [allow = options.allow_private](const source::Request& request) {
    fetch::FetchRequest ask;
    ask.url = request.url;
    ask.headers = request.headers;
    return fetch_once(std::move(ask), {}, allow);
  };
}

void explain(const Step& step) {
  const source::Emitted& emitted = step.emitted;
  if (step.request.url.empty()) {
    std::cout << "poll\n";
  } else {
    std::cout << fmt::format("parse  {}{}\n", printable(step.request.url),
                             step.request.tag.empty() ? "" : "  (tag " + printable(step.request.tag) + ")");
  }
  if (step.response) {
    std::cout << fmt::format("  answer   {} bytes of {}\n", step.response->body.size(),
                             printable(step.response->content_type));
  }
  if (step.error) std::cout << fmt::format("  failed   {}\n", printable(step.error->message, 2000));
  for (const auto& one : emitted.requests) std::cout << fmt::format("  request  {}\n", printable(one.url));
  for (const auto& item : emitted.items) {
    std::cout << fmt::format("  item     {}\n", printable(item.hints.title, 120));
    std::cout << fmt::format("           id {}\n", printable(item.id, 120));
    if (!item.hints.url.empty()) std::cout << fmt::format("           url {}\n", printable(item.hints.url));
    std::cout << fmt::format("           {}; {} bytes of text; {}\n",
                             item.hints.published ? to_iso8601(item.hints.published->time) : "no date",
                             item.hints.text.size(),
                             item.complete ? "complete: its page is not fetched" : "its page is fetched");
  }
  if (emitted.cursor)
    std::cout << fmt::format("  cursor   {} (saved when the items are)\n", printable(*emitted.cursor));
  for (const auto& one : emitted.warnings) std::cout << fmt::format("  warning  {}\n", printable(one, 1000));
}

/// Loads the plugin and calls `work`. Reports failures.
template <class F>
int with_plugin(const AuthorOptions& options, F&& work) {
  const config::PluginSettings settings;
  source::Registry registry = loader::make_registry(settings);
  const auto plugin = load_folder(registry, options.folder);
  if (!plugin) return report(plugin.error().message);
  try {
    return work(**plugin);
  } catch (const std::exception& error) {
    return report(error.what());
  }
}

/// Polls once over the network and explains every emitted value; stores nothing.
int run_plugin_run(const AuthorOptions& options) {
  return with_plugin(options, [&](const source::Plugin& plugin) -> int {
    const auto settings = settings_of(plugin, with_url(plugin, options));
    if (!settings) return report(settings.error().message);
    const DryRun run = dry_run(plugin, *settings, SystemClock{}.now(), from_network(options));
    if (options.json) {
      std::cout << pretty(run.to_json());
    } else {
      for (const Step& step : run.steps) explain(step);
    }
    return run.failed() ? kExitFailed : kExitOk;
  });
}

/// Same, and saves the responses and the result as a test case.
int run_plugin_record(const AuthorOptions& options) {
  return with_plugin(options, [&](const source::Plugin& plugin) -> int {
    const std::vector<std::string> given = with_url(plugin, options);
    const auto settings = settings_of(plugin, given);
    if (!settings) return report(settings.error().message);
    const Time now = std::chrono::floor<std::chrono::seconds>(SystemClock{}.now());
    const DryRun run = dry_run(plugin, *settings, now, from_network(options));
    const fs::path folder = options.folder / "tests" / options.name;
    if (auto written = write_case(folder, given, now, run); !written) return report(written.error().message);
    for (const Step& step : run.steps) explain(step);
    std::cout << fmt::format("recorded {}; `presswatch plugin test {}` replays it\n", printable(folder.string()),
                             printable(options.folder.string()));
    return run.failed() ? kExitFailed : kExitOk;
  });
}

/// Arguments that define a source of the plugin.
void take_source(Arguments& arguments, AuthorOptions& in) {
  take_folder(arguments, in);
  arguments.add("url", &in.url, "the option \"url\" of the source");
  arguments.add("--set", &in.set, "an option of the source as NAME=VALUE; may be repeated");
  take_allow_private(arguments, in.allow_private);
}

}  // namespace

Run plugin_run_verb(Arguments& arguments) {
  auto in = std::make_shared<AuthorOptions>();
  take_source(arguments, *in);
  arguments.add("--json", &in->json, "the result as JSON");
  return [in] { return run_plugin_run(*in); };
}

Run plugin_record_verb(Arguments& arguments) {
  auto in = std::make_shared<AuthorOptions>();
  take_source(arguments, *in);
  arguments.add("--name", &in->name, "of the case").shows_default = true;
  return [in] { return run_plugin_record(*in); };
}

}  // namespace pw::cli
