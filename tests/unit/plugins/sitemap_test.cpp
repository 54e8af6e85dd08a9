#include "builtin.hpp"
#include "core/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>

namespace pw::plugins {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Time kNow = from_ms(1772443800000);  // 2026-03-02, 09:30 UTC

config::SourceSettings settings_with(config::Options options) {
  config::SourceSettings settings;
  settings.id = "test";
  settings.plugin = "sitemap";
  settings.options = std::move(options);
  settings.options.set("url", std::string("https://news.example/map.xml"));
  return settings;
}

std::unique_ptr<source::Source> make(config::Options options = {}) {
  return std::ranges::find(builtin(), "sitemap", &source::Plugin::name)->make(settings_with(std::move(options)));
}

source::ParseInput answer(std::string_view body, std::string_view tag = "top") {
  return {body, "https://news.example/map.xml", "", tag, "", kNow};
}

std::string part(std::string_view name, std::string_view lastmod = "") {
  std::string out = fmt::format("<sitemap><loc>https://news.example/{}</loc>", name);
  if (!lastmod.empty()) out += fmt::format("<lastmod>{}</lastmod>", lastmod);
  return out + "</sitemap>";
}

std::string index_of(std::initializer_list<std::string> parts) {
  std::string out = "<sitemapindex>";
  for (const std::string& one : parts) out += one;
  return out + "</sitemapindex>";
}

/// "NAME" for a request made in order, "NAME in turn" for one that rotates.
std::vector<std::string> requested(const source::Emitted& emitted) {
  std::vector<std::string> out;
  for (const source::Request& one : emitted.requests) {
    out.push_back(one.url.substr(one.url.rfind('/') + 1) + (one.rotate ? " in turn" : ""));
  }
  return out;
}

TEST(Sitemap, FreshPartsOfAnIndexComeFirstUndatedOnesInTurn) {
  const auto emitted =
      make()->parse(answer(index_of({part("u1"), part("old", "2020-01-01"), part("day", "2026-02-27"), part("u2"),
                                     part("new", "2026-03-02T09:00:00Z"), part("u1"), part("past", "2026-02-26")})));
  ASSERT_TRUE(emitted) << emitted.error().message;
  EXPECT_THAT(requested(*emitted), ElementsAre("new", "day", "u1 in turn", "u2 in turn"));
  EXPECT_EQ(emitted->passed_over, 2U);
  EXPECT_EQ(emitted->at_once, 5U);
}

TEST(Sitemap, EveryPartOfALargeIndexIsNamed) {
  std::string index = "<sitemapindex>";
  for (int i = 0; i < 300; ++i) index += part(std::to_string(i));
  const auto emitted = make()->parse(answer(index + "</sitemapindex>"));
  ASSERT_TRUE(emitted) << emitted.error().message;
  EXPECT_EQ(emitted->requests.size(), 300U);
  EXPECT_EQ(emitted->requests[299].url, "https://news.example/299");
}

TEST(Sitemap, OfOldPartsTheNewestIsRead) {
  const auto emitted = make()->parse(answer(index_of({part("a", "2020-01-01"), part("b", "2021-01-01")})));
  ASSERT_TRUE(emitted) << emitted.error().message;
  EXPECT_THAT(requested(*emitted), ElementsAre("b"));
  EXPECT_EQ(emitted->passed_over, 1U);
}

TEST(Sitemap, AnIndexInAnIndexIsFollowedOnce) {
  const auto source = make();
  const std::string index = index_of({part("map.xml"), part("deeper.xml")});
  const auto top = source->parse(answer(index));
  ASSERT_TRUE(top) << top.error().message;
  EXPECT_THAT(requested(*top), ElementsAre("deeper.xml in turn")) << "the index itself must not be asked again";
  const auto middle = source->parse(answer(index, top->requests[0].tag));
  ASSERT_TRUE(middle) << middle.error().message;
  ASSERT_EQ(middle->requests.size(), 1U);
  const auto leaf = source->parse(answer(index, middle->requests[0].tag));
  ASSERT_FALSE(leaf);
  EXPECT_THAT(leaf.error().message, HasSubstr("three levels deep"));
}

TEST(Sitemap, HowManySitemapsAPollReadsIsChecked) {
  for (const std::int64_t number : {1, 100}) {
    config::Options options;
    options.set("max_sitemaps", number);
    const auto emitted = make(options)->parse(answer(index_of({part("a")})));
    ASSERT_TRUE(emitted);
    EXPECT_EQ(emitted->at_once, static_cast<std::size_t>(number));
  }
  const auto& options = std::ranges::find(builtin(), "sitemap", &source::Plugin::name)->options;
  const auto& option = *std::ranges::find(options, "max_sitemaps", &config::OptionSpec::name);
  EXPECT_EQ(option.range.least, 1);
  EXPECT_EQ(option.range.most, 100);
}

TEST(Sitemap, ItsAnswersMayBeAsLargeAsTheProtocolAllows) {
  EXPECT_EQ(std::ranges::find(builtin(), "sitemap", &source::Plugin::name)->max_body, 50U * 1024 * 1024);
}

TEST(Sitemap, OldPagesAndOthersThanWantedAreLeftOut) {
  config::Options options;
  options.set("match", std::string("/world/"));
  const auto emitted =
      make(options)->parse(answer("<urlset><url><loc>https://news.example/world/1</loc></url>"
                                  "<url><loc>https://news.example/sport/2</loc></url>"
                                  "<url><loc>https://news.example/world/3</loc><lastmod>2019-01-01</lastmod>"
                                  "</url></urlset>",
                                  "top"));
  ASSERT_TRUE(emitted) << emitted.error().message;
  ASSERT_EQ(emitted->items.size(), 1U);
  EXPECT_EQ(emitted->items[0].hints.url, "https://news.example/world/1");
}

TEST(Sitemap, ADayWithoutATimeCountsToItsEnd) {
  const auto emitted = make()->parse(
      answer("<urlset><url><loc>https://news.example/1</loc><lastmod>2026-02-27</lastmod></url>"
             "<url><loc>https://news.example/2</loc><lastmod>2026-02-26</lastmod></url>"
             "<url><loc>https://news.example/3</loc><lastmod>2026-02-27T09:00:00Z</lastmod></url></urlset>"));
  ASSERT_TRUE(emitted) << emitted.error().message;
  ASSERT_EQ(emitted->items.size(), 1U);
  EXPECT_EQ(emitted->items[0].hints.url, "https://news.example/1");
  EXPECT_EQ(emitted->passed_over, 2U);
}

}  // namespace
}  // namespace pw::plugins
