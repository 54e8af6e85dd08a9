#include "feed/feed_source.hpp"

#include "core/text.hpp"
#include "extract/extract.hpp"
#include "extract/refresh.hpp"
#include "feed/feed.hpp"
#include "html/dom/html.hpp"
#include "page_options.hpp"
#include "source/usable.hpp"

#include <chrono>

namespace pw::plugins {
namespace {

using namespace std::chrono_literals;

constexpr std::string_view kFeedTag = "feed";
constexpr std::string_view kFoundTag = "found";  // marks a feed that was found on a page; from there, no further search

constexpr auto kOptions = with_page_options(std::array<config::OptionSpec, 1>{
    {{"url", config::OptionType::url, true, "the feed (RSS, RDF, Atom or JSON Feed), or a page that links to one"}}});

source::Pace pace_of(const feed::Feed& feed) {
  source::Pace pace;
  if (feed.ttl_minutes && *feed.ttl_minutes > 0) pace.at_least = std::chrono::minutes(*feed.ttl_minutes);
  if (feed.update_period_minutes > 0) {
    pace.at_least = std::max<Milliseconds>(pace.at_least, std::chrono::minutes(feed.update_period_minutes));
  }
  pace.at_least = std::min<Milliseconds>(pace.at_least, 24h);
  pace.skip_hours = feed.skip_hours;
  pace.skip_days = feed.skip_days;
  return pace;
}

class FeedSource final : public source::Source {
 public:
  explicit FeedSource(const config::SourceSettings& settings)
      : url_(settings.options.text("url")), page_(settings.options) {}

  Result<source::Emitted> poll(const source::PollInput& input) override {
    source::Emitted out;
    const bool found = !input.cursor.empty();
    out.requests.push_back({found ? std::string(input.cursor) : url_, {}, std::string(found ? kFoundTag : kFeedTag)});
    return out;
  }

  Result<source::Emitted> parse(const source::ParseInput& input) override {
    const auto feed = feed::parse_feed(input.body, input.url);
    if (!feed) {
      if (input.tag == kFeedTag) return discover(input, feed.error());
      return feed.error();
    }
    source::Emitted out;
    out.items = source::feed_items(*feed);
    out.pace = pace_of(*feed);
    out.hub = feed->hub;
    out.topic = feed->self;
    if (feed->left_out > 0) out.warnings.push_back(source::left_out_warning(*feed));
    if (feed->damaged) out.warnings.emplace_back("the feed is damaged; what could be read was kept");
    return out;
  }

  Result<std::optional<Article>> extract(const source::PageInput& input) override { return page_.extract(input); }

 private:
  /// The page redirects to the feed with a refresh, or links to it with <link rel=alternate>: poll that URL from now
  /// on. The cursor stores it.
  static Result<source::Emitted> discover(const source::ParseInput& input, const Error& error) {
    const auto moved = extract::meta_refresh(input.body, input.url);
    if (moved && moved->seconds <= extract::kLongestRedirect) {
      return follow(moved->url, "not a feed; following the page's redirect: ");
    }
    const auto page = html::parse_html(input.body);
    if (!page) return error;
    const auto links = extract::find_feed_links(*page, input.url);
    if (links.empty()) return error;
    return follow(links.front().url, "not a feed; following the feed that the page names: ");
  }

  static source::Emitted follow(const std::string& url, std::string_view why) {
    source::Emitted out;
    out.requests.push_back({url, {}, std::string(kFoundTag)});
    out.cursor = url;
    out.warnings.push_back(std::string(why) + printable(url));
    return out;
  }

  std::string url_;
  PageRules page_;
};

}  // namespace

source::Plugin feed_plugin() {
  return {"feed",
          "RSS, RDF, Atom and JSON Feed",
          kOptions,
          source::Plugin::Body::xml,
          [](const config::SourceSettings& settings) -> std::unique_ptr<source::Source> {
            return std::make_unique<FeedSource>(settings);
          },
          true};
}

}  // namespace pw::plugins
