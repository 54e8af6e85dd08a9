#include "cli/plugin/suggest.hpp"

#include "core/codec/gzip.hpp"
#include "core/json/json_field.hpp"
#include "core/text.hpp"
#include "extract/extract.hpp"
#include "extract/listing/listing.hpp"
#include "feed/feed.hpp"
#include "feed/sitemap.hpp"
#include "html/dom/html.hpp"
#include "text/charset/charset.hpp"
#include "text/url/url.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>

namespace pw::cli {
namespace {

/// A TOML basic string (TOML 1.0, "String").
std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string id_of(std::string_view url) {
  const auto parsed = text::parse_url(url);
  std::string out;
  for (const char c : parsed ? text::registrable_site(parsed->host()) : std::string("source")) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain || (!out.empty() && out.back() != '-')) out += plain ? c : '-';
  }
  while (out.ends_with('-')) out.pop_back();
  return out.empty() ? "source" : out.substr(0, 64);
}

void suggest_of_page(const Answer& answer, const std::string& html, std::vector<Suggestion>& out) {
  html::HtmlOptions options;
  options.keep_all = true;
  const auto page = html::parse_html(html, options);
  if (!page) return;
  for (const extract::FeedLink& link : extract::find_feed_links(*page, answer.url)) {
    if (link.title.find("omment") != std::string::npos) continue;  // comments of a blog
    const std::string title = link.title.empty() ? "" : ": " + printable(link.title, 80);
    out.push_back({"feed", {{"url", link.url}}, "the page names this feed" + title});
  }
  for (const extract::Listing& listing : extract::find_listings(*page, answer.url)) {
    out.push_back({"webpage",
                   {{"url", std::string(answer.url)}, {"links", listing.selector}},
                   fmt::format("{} links of the page read like headlines", listing.links.size())});
  }
}

}  // namespace

std::vector<Suggestion> suggest_sources(const Answer& answer) {
  std::vector<Suggestion> out;
  const std::string url(answer.url);
  const std::string body = pw::gunzip_if_gzip(answer.body);
  const std::string text = text::decode_xml(body, answer.content_type).text;
  if (const auto feed = feed::parse_feed(text, url, answer.now)) {
    out.push_back({"feed",
                   {{"url", url}},
                   fmt::format("this is a feed ({}), \"{}\", with {} entries", feed->kind, printable(feed->title, 80),
                               feed->entries.size())});
    return out;
  }
  const std::string_view start = trim(text);
  if (start.starts_with('{') || start.starts_with('[')) {
    const auto document = pw::parse_json(text);
    if (!document) return out;
    auto options = guess_json_options(*document, answer.now);
    if (options.empty()) return out;
    options.insert(options.begin(), {"url", url});
    out.push_back({"json", std::move(options), "this is JSON; the longest list in it reads like news"});
    return out;
  }
  if (const auto map = feed::parse_sitemap(text, url); map && map->kind != "text-sitemap") {
    out.push_back(
        {"sitemap", {{"url", url}}, fmt::format("this is a {} with {} entries", map->kind, map->entries.size())});
    return out;
  }
  suggest_of_page(answer, text::decode_html(body, answer.content_type).text, out);
  return out;
}

config::SourceSettings to_settings(const Suggestion& suggestion) {
  config::SourceSettings out;
  out.id = id_of(suggestion.options.front().second);
  out.name = out.id;
  out.plugin = suggestion.plugin;
  for (const auto& [name, value] : suggestion.options) out.options.set(name, value);
  return out;
}

std::string to_toml(const Suggestion& suggestion, const std::string& note) {
  std::string out;
  std::string_view rest = note;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    out += fmt::format("# {}\n", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  out += fmt::format("[[source]]\nid = {}\nplugin = {}\n", toml_string(id_of(suggestion.options.front().second)),
                     toml_string(suggestion.plugin));
  for (const auto& [name, value] : suggestion.options) out += fmt::format("{} = {}\n", name, toml_string(value));
  return out;
}

}  // namespace pw::cli
