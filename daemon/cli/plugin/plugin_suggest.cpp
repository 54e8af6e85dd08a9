#include "builtin.hpp"
#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/fetch_once.hpp"
#include "cli/plugin/suggest.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "config/load.hpp"
#include "core/text.hpp"
#include "pipeline/answers.hpp"
#include "pipeline/plugin_call.hpp"
#include "source/loader/loader.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <memory>
#include <system_error>

namespace pw::cli {
namespace {

struct SuggestOptions {
  std::string target;  ///< a URL or a file
  std::string url;     ///< for a file: its supposed address
  std::filesystem::path config;
  std::filesystem::path output;  ///< must not exist yet; empty: standard output
  bool allow_private = false;
};

constexpr std::size_t kShown = 8;

/// Uses the defaults if there is no readable configuration.
config::FetchSettings fetch_settings(const std::filesystem::path& file) {
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return {};
  try {
    return config::load(file, loader::read_registry(file).options()).fetch;
  } catch (const config::ConfigError&) {
    std::cerr << fmt::format("presswatch: {} has errors (`presswatch check`); its [fetch] is not used\n",
                             printable(file.string()));
    return {};
  }
}

Result<fetch::FetchResponse> get(const std::string& url, const SuggestOptions& options,
                                 const config::FetchSettings& settings) {
  fetch::FetchRequest request;
  request.url = url;
  auto response = fetch_once(std::move(request), settings, options.allow_private);
  if (response && response->status != 200) return pipeline::status_error(*response);
  return response;
}

/// What the source would emit now, as comments for its file.
std::string preview(const Suggestion& suggestion, const fetch::FetchResponse& page, const SuggestOptions& options,
                    const config::FetchSettings& settings, Time now) {
  const source::Plugin& plugin = *std::ranges::find(plugins::builtin(), suggestion.plugin, &source::Plugin::name);
  const config::SourceSettings made = to_settings(suggestion);
  const std::string url = made.options.text("url");
  Result<fetch::FetchResponse> answer = page;
  if (url != page.final_url) {
    if (!is_url(options.target)) return "It was not fetched, because a file was looked at.";
    answer = get(url, options, settings);
  }
  if (!answer) return "It cannot be read now: " + printable(answer.error().message);
  const auto source = plugin.make(made);
  const auto polled = source->poll({"", now});
  const auto emitted = source->parse({pipeline::decode_body(plugin.body, *answer).text, answer->final_url,
                                      answer->content_type, polled->requests[0].tag, "", now});
  if (!emitted) return "It cannot be read: " + printable(emitted.error().message);
  std::string out =
      fmt::format("It would pick up {} items now{}", emitted->items.size(), emitted->items.empty() ? "." : ":");
  for (std::size_t i = 0; i < emitted->items.size() && i < kShown; ++i) {
    const Article& hints = emitted->items[i].hints;
    out += fmt::format("\n  {}{}", printable(hints.title.empty() ? hints.url : hints.title, 100),
                       hints.published ? " (" + to_iso8601(hints.published->time) + ")" : "");
  }
  if (emitted->items.size() > kShown) out += fmt::format("\n  and {} more", emitted->items.size() - kShown);
  return out;
}

std::string commented(const std::string& text) {
  std::string out = "# ";
  for (const char c : text) {
    out += c;
    if (c == '\n') out += "# ";
  }
  return out.substr(0, out.size() - 2);
}

std::string write_file(const std::vector<Suggestion>& found, const fetch::FetchResponse& page,
                       const SuggestOptions& options, const config::FetchSettings& settings) {
  const Time now = SystemClock{}.now();
  std::string out = to_toml(found.front(), "A first guess: " + found.front().why + ".\n" +
                                               preview(found.front(), page, options, settings, now));
  for (std::size_t i = 1; i < found.size(); ++i) {
    out += "\n# Or: " + found[i].why + ".\n" + commented(to_toml(found[i], ""));
  }
  return out;
}

/// Reads a page and writes an initial source file for it.
int run_plugin_suggest(const SuggestOptions& options) {
  const config::FetchSettings settings = fetch_settings(options.config);
  if (!is_url(options.target) && options.url.empty()) {
    return report(
        fmt::format("{} is a file: say with --url where it would have been fetched from", printable(options.target)));
  }
  const auto page =
      is_url(options.target) ? get(options.target, options, settings) : read_saved(options.target, options.url);
  if (!page) return report(page.error().message);
  const auto found = suggest_sources({page->body, page->final_url, page->content_type, SystemClock{}.now()});
  if (found.empty()) {
    return report(fmt::format(
        "{} is no feed, sitemap or list in JSON, and as a page it has neither feed links nor a group of links that "
        "read "
        "like headlines. Perhaps its list is made by a script: look for the JSON that the page loads, and suggest that",
        printable(page->final_url)));
  }
  const std::string text = write_file(found, *page, options, settings);
  if (options.output.empty()) {
    std::cout << text;
    return kExitOk;
  }
  std::error_code ignored;
  if (std::filesystem::exists(options.output, ignored)) {
    return report(printable(options.output.string()) + " already exists and is not overwritten");
  }
  std::ofstream out(options.output, std::ios::binary);
  if (!(out << text).flush()) return report("cannot write " + printable(options.output.string()));
  std::cout << fmt::format("wrote {}; `presswatch check` reads it, `presswatch reload` starts it\n",
                           printable(options.output.string()));
  return kExitOk;
}

}  // namespace

Run plugin_suggest_verb(Arguments& arguments) {
  auto in = std::make_shared<SuggestOptions>();
  arguments.add("target", &in->target, "a URL or a file").required = true;
  arguments.add("--url", &in->url, "where a file would have been fetched from");
  arguments.add("-o,--output", &in->output, "write the file instead of printing it");
  take_config(arguments, in->config, "the configuration whose [fetch] settings apply");
  take_allow_private(arguments, in->allow_private);
  return [in] { return run_plugin_suggest(*in); };
}

}  // namespace pw::cli
