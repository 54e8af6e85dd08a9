#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/fetch_once.hpp"
#include "cli/query/show_match.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "cli/watchlist/watchlist_edit.hpp"
#include "config/load.hpp"
#include "core/text.hpp"
#include "extract/extract.hpp"
#include "pipeline/alert_policy.hpp"
#include "text/charset/charset.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>
#include <spdlog/fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using List = config::WatchlistSettings;

struct TestOptions {
  std::filesystem::path config;
  std::string list;                 ///< a watchlist id, or a file of watchlists
  std::vector<std::string> inputs;  ///< URLs, HTML files, or text files whose first line is the title
  std::string source;               ///< id of the supposed source; empty: unspecified
  bool allow_private = false;
  bool json = false;
};

/// The watchlists to test, without their language and source limits, which are checked separately to report which of
/// them excludes an article.
std::optional<Error> choose_lists(const TestOptions& options, config::Settings& settings, std::vector<List>& chosen) {
  std::error_code ignored;
  if (fs::is_regular_file(options.list, ignored)) {
    const fs::path file = fs::weakly_canonical(options.list, ignored);
    settings.watchlists.clear();
    std::erase_if(settings.groups,
                  [&](const auto& group) { return fs::weakly_canonical(group->place.file, ignored) == file; });
    std::ifstream in(file, std::ios::binary);
    config::add_watchlists(std::string(std::istreambuf_iterator<char>(in), {}), options.list, settings);
  } else {
    std::vector<std::string> ids;
    for (const auto& list : settings.watchlists) ids.push_back(list->id);
    std::erase_if(settings.watchlists, [&](const auto& list) { return list->id != options.list; });
    if (settings.watchlists.empty()) {
      const std::string_view near = nearest_name(options.list, ids);
      return fail(Errc::not_found, "there is no watchlist and no file \"{}\"{}", printable(options.list),
                  near.empty() ? "" : fmt::format("; did you mean \"{}\"?", near));
    }
  }
  for (std::shared_ptr<const List>& list : settings.watchlists) {
    chosen.push_back(*list);
    auto open = std::make_shared<List>(*list);
    open->enabled = true;
    open->languages.clear();
    open->sources.clear();
    list = std::move(open);
  }
  return std::nullopt;
}

Article text_article(std::string_view text) {
  Article out;
  const std::size_t end = std::min(text.find('\n'), text.size());
  out.title = trim(text.substr(0, end));
  out.text = trim(text.substr(end));
  return out;
}

/// Reads the article from a URL, an HTML file or a text file.
Result<Article> read_input(const std::string& input, const config::Settings& settings, bool allow_private) {
  fetch::FetchRequest request;
  request.url = input;
  auto page = is_url(input) ? fetch_once(std::move(request), settings.fetch, allow_private) : read_saved(input, "");
  if (!page) return page.error();
  if (page->status != 200) return fail(Errc::http, "{} answered {}", page->final_url, page->status);
  if (!is_url(input) && !trim(page->body).starts_with('<')) return text_article(to_valid_utf8(page->body));
  const text::Decoded html = text::decode_html(page->body, page->content_type);
  return extract::extract_article({html.text, page->final_url, SystemClock().now()});
}

/// Reasons why the watchlist would not accept an article that its query may match.
std::vector<std::string> obstacles(const List& list, const Article& article, const config::SourceSettings* source) {
  std::vector<std::string> out;
  if (!list.enabled) out.emplace_back("the list is disabled");
  const bool known = !article.language.empty() && !list.languages.empty();
  if (known && std::ranges::find(list.languages, article.language) == list.languages.end()) {
    out.push_back(fmt::format("its language is {}, and the watchlist is limited to {}", article.language,
                              fmt::join(list.languages, ", ")));
  }
  if (source == nullptr || list.sources.empty()) return out;
  const bool from = std::ranges::any_of(list.sources, [&](const std::string& one) {
    return one == source->id ||
           (one.starts_with("tag:") && std::ranges::find(source->tags, one.substr(4)) != source->tags.end());
  });
  if (!from) out.push_back(fmt::format("the watchlist is limited to the sources {}", fmt::join(list.sources, ", ")));
  return out;
}

class Tester {
 public:
  Tester(const TestOptions& options, config::Settings settings, std::vector<List> chosen)
      : options_(options),
        settings_(std::move(settings)),
        chosen_(std::move(chosen)),
        pool_(pipeline::compile_watchlists(settings_), std::make_shared<match::Frequencies>()),
        palette_(terminal_has_colour()) {
    const auto source = std::ranges::find(settings_.sources, options_.source, &config::SourceSettings::id);
    source_ = source != settings_.sources.end() ? &*source : nullptr;
  }

  /// Prints the result for each watchlist. False when one does not accept the article.
  bool test(const std::string& input) {
    const auto article = read_input(input, settings_, options_.allow_private);
    if (!article) throw std::runtime_error(printable(article.error().message, 2000));
    static const config::SourceSettings none;
    const pipeline::Matched matched =
        pool_.match(pipeline::to_document(*article, source_ != nullptr ? *source_ : none));
    const auto& found = matched.found;
    report_undecided(matched.undecided);
    if (!options_.json) std::cout << printable(input) << ": " << printable(article->title) << '\n';
    bool all = true;
    for (const List& list : chosen_) {
      const auto hit = std::ranges::find(found, list.id, [](const pipeline::Found& one) { return one.rules.id; });
      all = tell(input, list, *article, hit != found.end() ? &*hit : nullptr) && all;
    }
    return all;
  }

 private:
  bool tell(const std::string& input, const List& list, const Article& article, const pipeline::Found* found) {
    const Time now = SystemClock().now();
    std::vector<std::string> reasons = obstacles(list, article, source_);
    if (found == nullptr) {
      const std::string where = list.fields.empty() ? "it" : fmt::format("its {}", fmt::join(list.fields, " and "));
      reasons.insert(reasons.begin(), fmt::format("the query is not true of {}", where));
    }
    const bool below =
        found != nullptr && pipeline::decide(found->match, found->rules, now) == pipeline::Decision::below_threshold;
    const bool taken = reasons.empty() && !below;
    if (options_.json) {
      json::object out{{"input", input}, {"watchlist", list.id}, {"matches", taken}};
      if (below) reasons.push_back(fate_of(*found, now));
      out["reasons"] = json::array(reasons.begin(), reasons.end());
      if (found != nullptr) out["match"] = match_json(*found, now);
      std::cout << json::serialize(out) << '\n';
      return taken;
    }
    std::cout << "  " << (taken ? palette_.high : palette_.dim) << (taken ? "yes" : "no ") << palette_.reset << "    ";
    if (found != nullptr) {
      print_match(*found, now, palette_);
    } else {
      std::cout << list.id << " (" << printable(list.title) << ")\n";
    }
    for (const std::string& reason : reasons) std::cout << "         " << printable(reason) << '\n';
    if (source_ == nullptr && !list.sources.empty()) {
      std::cout << fmt::format("         only from {}; --source ID tests that\n", fmt::join(list.sources, ", "));
    }
    return taken;
  }

  const TestOptions& options_;
  config::Settings settings_;
  std::vector<List> chosen_;
  pipeline::MatcherPool pool_;
  Palette palette_;
  const config::SourceSettings* source_ = nullptr;
};

/// Reports whether the watchlist would match these inputs, and why. kExitNoMatch if it would not match all of them.
int run_watchlist_test(const TestOptions& options) {
  config::Settings settings = load_settings(options.config);
  std::vector<List> chosen;
  if (const auto error = choose_lists(options, settings, chosen)) return report(error->message);
  const bool known = options.source.empty() || std::ranges::find(settings.sources, options.source,
                                                                 &config::SourceSettings::id) != settings.sources.end();
  if (!known) return report(fmt::format("there is no source \"{}\"", printable(options.source)));
  Tester tester(options, std::move(settings), std::move(chosen));
  bool all = true;
  for (const std::string& input : options.inputs) all = tester.test(input) && all;
  return all ? kExitOk : kExitNoMatch;
}

}  // namespace

Run watchlist_test_verb(Arguments& arguments) {
  auto in = std::make_shared<TestOptions>();
  arguments.add("list", &in->list, "a watchlist's id, or a file of watchlists").required = true;
  arguments.add("input", &in->inputs, "URLs, HTML files, or text files whose first line is the title").required = true;
  arguments.add("--source", &in->source, "the source that they are taken to be from");
  take_allow_private(arguments, in->allow_private);
  arguments.add("--json", &in->json, "a JSON object a line");
  take_config(arguments, in->config);
  arguments.footer = "Exit codes: 0 each list takes each input; 3 one does not.";
  return [in] { return run_watchlist_test(*in); };
}

}  // namespace pw::cli
