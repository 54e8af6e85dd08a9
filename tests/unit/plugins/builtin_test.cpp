#include "builtin.hpp"

#include "config/keys/source_keys.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace pw::plugins {
namespace {

using testing::HasSubstr;

constexpr Time kNow = from_ms(1772443800000);

std::unique_ptr<source::Source> make(const std::string& plugin, config::Options options) {
  config::SourceSettings settings;
  settings.id = "test";
  settings.plugin = plugin;
  settings.options = std::move(options);
  settings.options.set("url", std::string("https://news.example/start"));
  return std::ranges::find(builtin(), plugin, &source::Plugin::name)->make(settings);
}

source::ParseInput answer(std::string_view body, std::string_view tag) {
  return {body, "https://news.example/start", "", tag, "", kNow};
}

TEST(Builtin, EveryPluginAsksForItsUrlFirst) {
  config::Options options;
  options.set("links", std::string("a"));
  options.set("link", std::string("/url"));
  for (const source::Plugin& plugin : builtin()) {
    const auto polled = make(std::string(plugin.name), options)->poll({"", kNow});
    ASSERT_TRUE(polled) << plugin.name;
    ASSERT_EQ(polled->requests.size(), 1U);
    EXPECT_EQ(polled->requests[0].url, "https://news.example/start");
  }
}

TEST(Builtin, NoOptionHidesAKeyThatEverySourceHas) {
  for (const source::Plugin& plugin : builtin()) {
    for (const config::OptionSpec& option : plugin.options) {
      EXPECT_EQ(std::ranges::find(config::kSourceKeys, option.name, &config::Key<config::SourceSettings>::name),
                config::kSourceKeys.end())
          << plugin.name << " has an option " << option.name;
    }
  }
}

TEST(Builtin, ASelectorThatDoesNotCompileIsNamed) {
  config::Options options;
  options.set("links", std::string("a["));
  try {
    make("webpage", options);
    FAIL() << "accepted";
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), HasSubstr("links"));
  }
}

TEST(Feed, EntriesBecomeItemsWithTheirIds) {
  const auto source = make("feed", {});
  const auto emitted =
      source->parse(answer("<rss><channel><ttl>30</ttl><item><title>One</title><link>/1</link><guid>g1</guid></item>"
                           "<item><title>Two</title><description>no link</description></item></channel></rss>",
                           "feed"));
  ASSERT_TRUE(emitted) << emitted.error().message;
  ASSERT_EQ(emitted->items.size(), 2U);
  EXPECT_EQ(emitted->items[0].id, "g1");
  EXPECT_EQ(emitted->items[0].hints.url, "https://news.example/1");
  EXPECT_FALSE(emitted->items[0].complete);
  EXPECT_TRUE(emitted->items[1].complete);
  EXPECT_EQ(emitted->pace.at_least, Milliseconds{30 * 60'000});
}

TEST(Feed, APageThatNamesItsFeedIsFollowedAndRemembered) {
  const auto source = make("feed", {});
  const std::string page =
      "<!doctype html><html><head><link rel=\"alternate\" type=\"application/rss+xml\" href=\"/rss\"></head></html>";
  const auto emitted = source->parse(answer(page, "feed"));
  ASSERT_TRUE(emitted) << emitted.error().message;
  ASSERT_EQ(emitted->requests.size(), 1U);
  EXPECT_EQ(emitted->requests[0].url, "https://news.example/rss");
  EXPECT_EQ(emitted->cursor, "https://news.example/rss");
  EXPECT_EQ(source->poll({*emitted->cursor, kNow})->requests[0].url, "https://news.example/rss");
  EXPECT_FALSE(source->parse(answer(page, "found"))) << "a feed that is a page again must not be followed for ever";
}

TEST(Feed, APageThatLeadsOnToItsFeedIsFollowed) {
  const auto emitted =
      make("feed", {})
          ->parse(
              answer("<html><head><meta http-equiv=\"Refresh\" content=\"0; URL=/new.xml\"></head></html>", "feed"));
  ASSERT_TRUE(emitted) << emitted.error().message;
  ASSERT_EQ(emitted->requests.size(), 1U);
  EXPECT_EQ(emitted->requests[0].url, "https://news.example/new.xml");
  EXPECT_FALSE(make("feed", {})->parse(answer("<meta http-equiv=refresh content='60;url=/new.xml'>", "feed")));
}

TEST(Webpage, LinksStartFromTheBaseOfThePage) {
  config::Options options;
  options.set("links", std::string("ul.l a"));
  for (const auto& [base, url] : std::initializer_list<std::pair<std::string, std::string>>{
           {"", "https://news.example/good/1"},
           {"<base href='https://other.example/x/'>", "https://other.example/x/good/1"},
           {"<base href='/'>", "https://news.example/good/1"},
           {"<base target=_blank><base href='sec/a/'><base href='/b/'>", "https://news.example/sec/a/good/1"},
           {"<base href='//cdn.example/'>", "https://cdn.example/good/1"},
           {"<base href='data:text/html,x'>", "https://news.example/good/1"}}) {
    const auto emitted = make("webpage", options)
                             ->parse(answer("<html><head>" + base +
                                                "<title>List</title></head><body><ul class=l><li>"
                                                "<a href=' good/1 '>One</a></li></ul></body></html>",
                                            "listing"));
    ASSERT_TRUE(emitted) << emitted.error().message;
    ASSERT_EQ(emitted->items.size(), 1U) << base;
    EXPECT_EQ(emitted->items[0].hints.url, url) << base;
  }
}

TEST(Webpage, LinksOfTheSelectorBecomeItemsOnce) {
  config::Options options;
  options.set("links", std::string("ul.news li"));
  const auto emitted =
      make("webpage", options)
          ->parse(answer("<nav><a href=/about>About</a></nav><ul class=news><li><a href=/1>One</a></li>"
                         "<li><a href='/1?utm_source=x'>One again</a></li><li><a href=/2>Two</a></li>"
                         "<li><a href='javascript:void(0)'>no</a></li></ul>",
                         "listing"));
  ASSERT_TRUE(emitted) << emitted.error().message;
  ASSERT_EQ(emitted->items.size(), 2U);
  EXPECT_EQ(emitted->items[0].hints.url, "https://news.example/1");
  EXPECT_EQ(emitted->items[0].hints.title, "One");
}

TEST(Webpage, AListingWithoutLinksIsSaid) {
  config::Options options;
  options.set("links", std::string("ul.news a"));
  const auto emitted = make("webpage", options)->parse(answer("<p>We have a new design!</p>", "listing"));
  ASSERT_TRUE(emitted);
  EXPECT_TRUE(emitted->items.empty());
  ASSERT_EQ(emitted->warnings.size(), 1U);
  EXPECT_THAT(emitted->warnings[0], HasSubstr("layout changed"));
}

}  // namespace
}  // namespace pw::plugins
