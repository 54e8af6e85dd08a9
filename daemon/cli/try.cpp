#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
#include "cli/fetch_once.hpp"
#include "cli/highlight.hpp"
#include "cli/plugin/suggest.hpp"
#include "cli/query/show_match.hpp"
#include "cli/read_feed.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "config/load.hpp"
#include "core/text.hpp"
#include "extract/extract.hpp"
#include "extract/page_kind.hpp"
#include "pipeline/matcher_pool.hpp"
#include "pipeline/pipeline.hpp"
#include "source/loader/loader.hpp"
#include "text/charset/charset.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <iostream>
#include <memory>
#include <string>

namespace pw::cli {
namespace {

namespace json = boost::json;

struct TryOptions {
  std::string target;  ///< a URL or a file
  std::filesystem::path config;
  std::string url;             ///< for a file: its supposed address
  std::string source;          ///< id of the supposed source; empty: none
  bool allow_private = false;  ///< allow loopback and private networks
  bool json = false;
  bool no_colour = false;
};

/// The content of a page and the watchlists it matches. Borrows from the pool that matched it.
struct Tried {
  Article article;
  std::vector<pipeline::Found> found;
  std::string remark;  ///< why the page may not be an article; otherwise empty
};

/// A page that is something else than an article: a consent form, a list of articles.
std::string remark_on(const fetch::FetchResponse& page, std::string_view html, const Article& article, Time now) {
  const extract::PageVerdict verdict = extract::judge_page(html, article, page.final_url, page.final_url);
  if (verdict.kind != extract::PageKind::article) return fmt::format("this looks like {}", verdict.reason);
  constexpr std::size_t kShort = 600;  // bytes of text
  if (article.text.size() >= kShort) return {};
  const auto suggestions = suggest_sources({page.body, page.final_url, page.content_type, now});
  if (suggestions.empty()) return {};
  return fmt::format("this looks like a page that lists articles ({}); presswatch plugin suggest shows how to watch it",
                     suggestions.front().why);
}

json::object to_json(const Tried& tried, const fetch::FetchResponse& page, Time now) {
  const Article& article = tried.article;
  json::array matches;
  for (const pipeline::Found& one : tried.found) matches.push_back(match_json(one, now));
  json::object out{{"fetch", {{"status", page.status}, {"url", page.final_url}, {"bytes", page.body.size()}}}};
  out["article"] = {{"url", article.url},
                    {"canonical_url", article.canonical_url},
                    {"title", article.title},
                    {"text", article.text},
                    {"authors", json::array(article.authors.begin(), article.authors.end())},
                    {"published", article.published ? json::value(to_iso8601(article.published->time)) : nullptr},
                    {"language", article.language},
                    {"site", article.site},
                    {"section", article.section},
                    {"image", article.image},
                    {"partial", article.partial},
                    {"method", article.method}};
  out["matches"] = std::move(matches);
  if (!tried.remark.empty()) out["remark"] = tried.remark;
  return out;
}

void print(const Tried& tried, std::size_t lists, const fetch::FetchResponse& page, Time now, bool colour) {
  const Palette palette(colour);
  const Article& article = tried.article;
  std::cout << fmt::format("{}fetch{}    {} bytes{}\n", palette.bold, palette.reset, page.body.size(),
                           page.final_url.empty() ? "" : " from " + printable(page.final_url));
  std::cout << fmt::format("{}extract{}  {}\n", palette.bold, palette.reset, printable(article.title));
  const std::string date = article.published ? to_iso8601(article.published->time) : "no date";
  std::string authors;
  for (const std::string& name : article.authors) authors += (authors.empty() ? "" : ", ") + name;
  std::cout << fmt::format("         {} | {} | {} | {} characters of text by rule \"{}\"{}\n", date,
                           authors.empty() ? "no author" : printable(authors),
                           article.language.empty() ? "no language" : article.language, article.text.size(),
                           article.method, article.partial ? ", only a part of the article" : "");
  if (!tried.remark.empty()) std::cout << fmt::format("         {}\n", printable(tried.remark));
  if (tried.found.empty()) {
    std::cout << fmt::format("{}match{}    none of {} watchlists\n", palette.bold, palette.reset, lists);
    return;
  }
  for (const pipeline::Found& one : tried.found) {
    std::cout << fmt::format("{}match{}    ", palette.bold, palette.reset);
    print_match(one, now, palette);
  }
}

int try_feed(const feed::Feed& feed, const TryOptions& options) {
  if (options.json) {
    json::array entries;
    for (const auto& entry : feed.entries) entries.push_back({{"url", entry.url}, {"title", entry.title}});
    std::cout << json::serialize(json::object{{"feed",
                                               {{"kind", feed.kind},
                                                {"why", describe(feed)},
                                                {"title", feed.title},
                                                {"entries", std::move(entries)}}}})
              << '\n';
    return kExitOk;
  }
  const std::string title = feed.title.empty() ? "" : fmt::format("\"{}\", ", printable(feed.title));
  std::cout << fmt::format("This is {}.\nIt has {}{} entries; add it as a source with plugin = \"{}\":\n",
                           describe(feed), title, feed.entries.size(), plugin_for(feed));
  for (const auto& entry : feed.entries) {
    std::cout << fmt::format("  {}\n    {}\n", entry.title.empty() ? "(no title)" : printable(entry.title),
                             entry.url.empty() ? "(no link)" : printable(entry.url));
  }
  return kExitOk;
}

int report_failure(const Error& error, const TryOptions& options) {
  if (options.json) {
    std::cout << json::serialize(json::object{{"error", error.message}, {"code", to_string(error.code)}}) << '\n';
    return kExitFailed;
  }
  return report(error.message);
}

/// Fetches, extracts and matches a page, and prints the results.
int run_try(const TryOptions& options) {
  config::Settings settings;
  std::shared_ptr<const pipeline::Watchlists> lists;
  try {
    settings = config::load(options.config, loader::read_registry(options.config).options());
    lists = pipeline::compile_watchlists(settings);
  } catch (const config::ConfigError& error) {
    std::cerr << error.what() << '\n';
    return kExitConfig;
  }
  config::SourceSettings source;
  if (!options.source.empty()) {
    const auto named = std::ranges::find(settings.sources, options.source, &config::SourceSettings::id);
    if (named == settings.sources.end()) {
      return report_failure(fail(Errc::not_found, "there is no source \"{}\"", options.source), options);
    }
    source = *named;
  }
  fetch::FetchRequest request;
  request.url = options.target;
  const auto page = is_url(options.target) ? fetch_once(std::move(request), settings.fetch, options.allow_private)
                                           : read_saved(options.target, options.url);
  if (!page) return report_failure(page.error(), options);
  if (page->status != 200) {
    return report_failure(fail(Errc::http, "{} answered {}", page->final_url, page->status), options);
  }
  const auto feed = read_feed(page->body, page->content_type, page->final_url);
  if (feed) return try_feed(*feed, options);

  const SystemClock clock;
  const text::Decoded html = text::decode_html(page->body, page->content_type);
  auto article = extract::extract_article({html.text, page->final_url, clock.now()});
  if (!article) return report_failure(article.error(), options);
  const Time now = clock.now();
  pipeline::MatcherPool pool(lists, std::make_shared<match::Frequencies>());
  Tried tried{std::move(*article), {}, {}};
  tried.remark = remark_on(*page, html.text, tried.article, now);
  pipeline::Matched matched = pool.match(pipeline::to_document(tried.article, source));
  tried.found = std::move(matched.found);
  report_undecided(matched.undecided);
  if (options.json) {
    std::cout << json::serialize(to_json(tried, *page, now)) << '\n';
  } else {
    print(tried, lists->size(), *page, now, terminal_has_colour() && !options.no_colour);
    const auto limited = std::ranges::count_if(
        settings.watchlists, [](const auto& list) { return list->enabled && !list->sources.empty(); });
    if (source.id.empty() && limited > 0) {
      std::cout << fmt::format(
          "         {} are limited to certain sources and were left out; --source ID includes them\n", limited);
    }
  }
  return tried.found.empty() ? kExitNoMatch : kExitOk;
}

}  // namespace

Run try_verb(Arguments& arguments) {
  auto in = std::make_shared<TryOptions>();
  arguments.add("target", &in->target, "a URL or a file").required = true;
  take_config(arguments, in->config, "the configuration whose watchlists are used");
  arguments.add("--url", &in->url, "where a file would have been fetched from");
  arguments.add("--source", &in->source, "the source that it is taken to be from; some watchlists want that");
  take_allow_private(arguments, in->allow_private);
  arguments.add("--json", &in->json, "the result as one JSON object");
  take_no_colour(arguments, in->no_colour);
  return [in] { return run_try(*in); };
}

}  // namespace pw::cli
