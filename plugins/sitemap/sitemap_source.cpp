#include "sitemap/sitemap_source.hpp"

#include "core/text.hpp"
#include "feed/feed.hpp"
#include "feed/sitemap.hpp"
#include "page_options.hpp"

#include <algorithm>

namespace pw::plugins {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kSitemaps = 5;
constinit const config::OptionValue kUsualSitemaps{kSitemaps};

constexpr auto kOptions = with_page_options(std::array<config::OptionSpec, 3>{
    {{"url", config::OptionType::url, true, "the sitemap or sitemap index, best a news sitemap"},
     {"match", config::OptionType::text, false, "only pages whose URL holds this text"},
     {"max_sitemaps",
      config::OptionType::number,
      false,
      "how many sitemaps of an index are read, newest first",
      &kUsualSitemaps,
      {.least = 1}}}});

constexpr Milliseconds kRecent = 72h;  // of plain sitemaps, which list a site's whole past

class SitemapSource final : public source::Source {
 public:
  explicit SitemapSource(const config::SourceSettings& settings)
      : url_(settings.options.text("url")),
        match_(settings.options.text("match")),
        max_sitemaps_(settings.options.number("max_sitemaps", kSitemaps)),
        page_(settings.options) {}

  Result<source::Emitted> poll(const source::PollInput& /*input*/) override {
    source::Emitted out;
    out.requests.push_back({url_, {}, "top"});
    return out;
  }

  Result<source::Emitted> parse(const source::ParseInput& input) override {
    auto map = feed::parse_sitemap(input.body, input.url);
    if (!map) return map.error();
    source::Emitted out;
    if (map->kind == "sitemapindex") {
      if (input.tag != "top") return fail(Errc::parse, "a sitemap index inside a sitemap index is not followed");
      out.requests = newest_sitemaps(map->entries);
      return out;
    }
    for (const feed::FeedEntry& entry : map->entries) {
      if (wanted(entry, input.now)) {
        out.items.push_back(to_item(entry));
      } else {
        ++out.passed_over;
      }
    }
    return out;
  }

  Result<std::optional<Article>> extract(const source::PageInput& input) override { return page_.extract(input); }

 private:
  [[nodiscard]] std::vector<source::Request> newest_sitemaps(std::vector<feed::FeedEntry>& entries) const {
    const auto changed = [](const feed::FeedEntry& entry) { return entry.updated ? entry.updated->time : Time::max(); };
    std::ranges::stable_sort(entries, std::ranges::greater{}, changed);
    std::vector<source::Request> out;
    for (const feed::FeedEntry& entry : entries) {
      if (std::ssize(out) >= max_sitemaps_) break;
      out.push_back({entry.url, {}, "sub"});
    }
    return out;
  }

  [[nodiscard]] bool wanted(const feed::FeedEntry& entry, Time now) const {
    if (entry.url.find(match_) == std::string::npos) return false;
    const auto& date = entry.published ? entry.published : entry.updated;
    return !date || date->time + kRecent >= now;
  }

  static source::Item to_item(const feed::FeedEntry& entry) {
    source::Item item;
    item.id = entry.url;
    item.hints.url = entry.url;
    item.hints.title = entry.title;
    item.hints.published = entry.published;
    item.hints.modified = entry.updated;
    item.hints.language = entry.language;
    item.hints.method = "sitemap";
    return item;
  }

  std::string url_;
  std::string match_;
  std::int64_t max_sitemaps_;
  PageRules page_;
};

}  // namespace

source::Plugin sitemap_plugin() {
  return {"sitemap",
          "sitemaps, sitemap indexes and news sitemaps",
          kOptions,
          source::Plugin::Body::xml,
          [](const config::SourceSettings& settings) -> std::unique_ptr<source::Source> {
            return std::make_unique<SitemapSource>(settings);
          },
          true};
}

}  // namespace pw::plugins
