#include "cli/commands.hpp"
#include "cli/fetch_once.hpp"
#include "cli/highlight.hpp"
#include "config/load.hpp"
#include "core/text.hpp"
#include "extract/extract.hpp"
#include "loader/loader.hpp"
#include "match/match.hpp"
#include "parse/charset.hpp"
#include "parse/feed.hpp"
#include "pipeline/article_work.hpp"
#include "pipeline/pipeline.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <iostream>
#include <string>

namespace pw::cli {
namespace {

namespace json = boost::json;

struct Found {
  Article article;
  std::vector<match::Match> matches;
};

json::object to_json(const Found& found, const match::WatchlistSet& set, const fetch::FetchResponse& page) {
  const Article& article = found.article;
  json::array matches;
  for (const match::Match& match : found.matches) {
    json::array hits;
    for (const match::TermHit& hit : match.hits) {
      hits.push_back({{"term", hit.term},
                      {"field", hit.field},
                      {"begin", hit.begin},
                      {"end", hit.end},
                      {"matched", hit.matched},
                      {"alias_of", hit.alias_of}});
    }
    matches.push_back({{"watchlist", set.watchlist(match.watchlist).id},
                       {"score", match.score},
                       {"sentence", match.sentence},
                       {"hits", std::move(hits)}});
  }
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
  return out;
}

void print(const Found& found, const match::WatchlistSet& set, const fetch::FetchResponse& page, bool colour) {
  const Palette palette(colour);
  const Article& article = found.article;
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
  if (found.matches.empty()) {
    std::cout << fmt::format("{}match{}    none of {} watchlists\n", palette.bold, palette.reset, set.size());
    return;
  }
  for (const match::Match& match : found.matches) {
    const match::Watchlist& list = set.watchlist(match.watchlist);
    std::cout << fmt::format("{}match{}    {}{}{} ({}), score {:.2f}\n", palette.bold, palette.reset, palette.high,
                             list.id, palette.reset, printable(list.title), match.score);
    std::vector<std::string> words;
    for (const match::TermHit& hit : match.hits) {
      words.push_back(hit.matched);
      std::cout << fmt::format("         {}[{}..{}] {}{}{}{}\n", hit.field, hit.begin, hit.end, palette.mark,
                               printable(hit.matched), palette.reset,
                               hit.alias_of.empty() ? "" : " (a name of " + printable(hit.alias_of) + ")");
    }
    std::cout << "         “" << highlight(match.sentence, find_words(match.sentence, words), palette) << "”\n";
  }
}

int try_feed(const parse::Feed& feed, const TryOptions& options) {
  if (options.json) {
    json::array entries;
    for (const auto& entry : feed.entries) entries.push_back({{"url", entry.url}, {"title", entry.title}});
    std::cout << json::serialize(json::object{
                     {"feed", {{"kind", feed.kind}, {"title", feed.title}, {"entries", std::move(entries)}}}})
              << '\n';
    return kExitOk;
  }
  std::cout << fmt::format("This is a feed ({}), \"{}\", with {} entries; add it as a source with plugin = \"feed\":\n",
                           feed.kind, printable(feed.title), feed.entries.size());
  for (const auto& entry : feed.entries) {
    std::cout << fmt::format("  {}\n    {}\n", printable(entry.title), printable(entry.url));
  }
  return kExitOk;
}

int report_failure(const Error& error, const TryOptions& options) {
  if (options.json) {
    std::cout << json::serialize(json::object{{"error", error.message}, {"code", to_string(error.code)}}) << '\n';
  } else {
    std::cerr << "presswatch: " << printable(error.message, 2000) << '\n';
  }
  return kExitFailed;
}

}  // namespace

int run_try(const TryOptions& options) {
  config::Settings settings;
  std::shared_ptr<const match::WatchlistSet> set;
  try {
    settings = config::load(options.config, loader::read_registry(options.config).options());
    set = pipeline::compile_watchlists(settings);
  } catch (const config::ConfigError& error) {
    std::cerr << error.what() << '\n';
    return kExitConfig;
  }
  fetch::FetchRequest request;
  request.url = options.target;
  const auto page = is_url(options.target) ? fetch_once(std::move(request), settings.fetch, options.allow_private)
                                           : read_saved(options.target, options.url);
  if (!page) return report_failure(page.error(), options);
  if (page->status != 200) {
    return report_failure(fail(Errc::http, "{} answered {}", page->final_url, page->status), options);
  }
  const auto feed = parse::parse_feed(parse::decode_xml(page->body, page->content_type).text, page->final_url);
  if (feed) return try_feed(*feed, options);

  const SystemClock clock;
  const parse::Decoded html = parse::decode_html(page->body, page->content_type);
  auto article = extract::extract_article({html.text, page->final_url, clock.now()});
  if (!article) return report_failure(article.error(), options);
  Found found{std::move(*article), {}};
  config::SourceSettings source;
  source.id = "try";
  found.matches = match::Matcher(set).match(pipeline::to_document(found.article, source));
  if (options.json) {
    std::cout << json::serialize(to_json(found, *set, *page)) << '\n';
  } else {
    print(found, *set, *page, options.colour);
  }
  return found.matches.empty() ? kExitNoMatch : kExitOk;
}

}  // namespace pw::cli
