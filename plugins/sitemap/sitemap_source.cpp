#include "sitemap/sitemap_source.hpp"

#include "core/text.hpp"
#include "feed/feed.hpp"
#include "feed/sitemap.hpp"
#include "page_options.hpp"
#include "source/usable.hpp"

#include <algorithm>
#include <span>
#include <unordered_set>

namespace pw::plugins {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t kSitemaps = 5;
constexpr std::int64_t kMostAtOnce = 100;
constinit const config::OptionValue kUsualSitemaps{kSitemaps};

constexpr auto kOptions = with_page_options(std::array<config::OptionSpec, 3>{
    {{"url", config::OptionType::url, true, "the sitemap or sitemap index, best a news sitemap"},
     {"match", config::OptionType::text, false, "only pages whose URL holds this text"},
     {"max_sitemaps",
      config::OptionType::number,
      false,
      "how many sitemaps of an index one poll reads",
      &kUsualSitemaps,
      {.least = 1, .most = kMostAtOnce}}}});

constexpr std::size_t kMaxBody = 52'428'800;  // the protocol's limit
constexpr Milliseconds kRecent = 72h;         // for plain sitemaps, which list a site's whole past

// Tags of requests: the configured URL, a sitemap of its index, a sitemap of an index within that index.
constexpr std::string_view kTop = "top";
constexpr std::string_view kSub = "sub";
constexpr std::string_view kLeaf = "leaf";

bool is_recent(const StatedDate& date, Time now) {
  const Milliseconds rest_of_day = date.has_time ? 0h : 24h;
  return date.time + rest_of_day + kRecent >= now;
}

class SitemapSource final : public source::Source {
 public:
  explicit SitemapSource(const config::SourceSettings& settings)
      : url_(settings.options.text("url")),
        match_(settings.options.text("match")),
        at_once_(static_cast<std::size_t>(settings.options.number("max_sitemaps", kSitemaps))),
        page_(settings.options) {}

  Result<source::Emitted> poll(const source::PollInput& /*input*/) override {
    source::Emitted out;
    out.requests.push_back({url_, {}, std::string(kTop)});
    return out;
  }

  Result<source::Emitted> parse(const source::ParseInput& input) override {
    auto map = feed::parse_sitemap(input.body, input.url);
    if (!map) return map.error();
    source::Emitted out;
    if (map->left_out > 0) out.warnings.push_back(source::left_out_warning(*map));
    if (map->kind == "sitemapindex") {
      if (input.tag == kLeaf) return fail(Errc::parse, "a sitemap index three levels deep is not followed");
      list_sitemaps(map->entries, input, out);
      return out;
    }
    for (feed::FeedEntry& entry : map->entries) {
      if (wanted(entry, input.now)) {
        out.items.push_back(to_item(std::move(entry)));
      } else {
        ++out.passed_over;
      }
    }
    return out;
  }

  Result<std::optional<Article>> extract(const source::PageInput& input) override { return page_.extract(input); }

 private:
  /// Requests every sitemap that may hold news: first the recent ones, then, in rotation, those without a date. If all
  /// dates are old, requests the newest, because some publishers never update the date.
  void list_sitemaps(std::vector<feed::FeedEntry>& entries, const source::ParseInput& input,
                     source::Emitted& out) const {
    std::unordered_set<std::string> seen{std::string(input.url)};
    std::erase_if(entries, [&](const feed::FeedEntry& entry) { return !seen.insert(entry.url).second; });
    const auto first_undated = std::stable_partition(
        entries.begin(), entries.end(), [](const feed::FeedEntry& entry) { return entry.updated.has_value(); });
    const auto undated = std::span(first_undated, entries.end());
    const auto known = std::span(entries).first(entries.size() - undated.size());
    std::ranges::stable_sort(known, std::ranges::greater{},
                             [](const feed::FeedEntry& entry) { return entry.updated->time; });
    const std::string tag(input.tag == kTop ? kSub : kLeaf);
    for (const feed::FeedEntry& entry : known) {
      const bool only_old_ones = out.requests.empty() && undated.empty();
      if (is_recent(*entry.updated, input.now) || only_old_ones) {
        out.requests.push_back({entry.url, {}, tag});
      } else {
        ++out.passed_over;
      }
    }
    for (const feed::FeedEntry& entry : undated) out.requests.push_back({entry.url, {}, tag, true});
    out.at_once = at_once_;
  }

  [[nodiscard]] bool wanted(const feed::FeedEntry& entry, Time now) const {
    if (entry.url.find(match_) == std::string::npos) return false;
    const auto& date = entry.published ? entry.published : entry.updated;
    return !date || is_recent(*date, now);
  }

  static source::Item to_item(feed::FeedEntry&& entry) {
    source::Item item;
    item.id = entry.url;
    item.hints.url = std::move(entry.url);
    item.hints.title = std::move(entry.title);
    item.hints.published = std::move(entry.published);
    item.hints.modified = std::move(entry.updated);
    item.hints.language = std::move(entry.language);
    item.hints.method = "sitemap";
    return item;
  }

  std::string url_;
  std::string match_;
  std::size_t at_once_;
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
          true,
          kMaxBody};
}

}  // namespace pw::plugins
