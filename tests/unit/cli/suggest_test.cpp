#include "cli/plugin/suggest.hpp"

#include "core/json/json_field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::cli {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;
using testing::StartsWith;

constexpr Time kNow = from_ms(1772443800000);

std::vector<Suggestion> suggest(std::string_view body) {
  return suggest_sources({body, "https://www.office.example/news/", "", kNow});
}

TEST(Suggest, AFeedOrSitemapIsTakenAsItIs) {
  EXPECT_EQ(suggest("<rss><channel><title>T</title><item><title>x</title></item></channel></rss>")[0].plugin, "feed");
  EXPECT_EQ(suggest("<urlset><url><loc>https://www.office.example/1</loc></url></urlset>")[0].plugin, "sitemap");
}

TEST(Suggest, FeedsThatAPageNamesComeFirstThenItsList) {
  std::string page =
      "<!doctype html><link rel=alternate type=application/rss+xml href=/rss title=News>"
      "<link rel=alternate type=application/rss+xml href=/comments title='Comments on News'><ul class=list>";
  for (int i = 0; i < 5; ++i) {
    page += "<li><a href=/n/" + std::to_string(i) + ">The minister opened road number " + std::to_string(i) + "</a>";
  }
  const auto found = suggest(page);
  ASSERT_THAT(found, SizeIs(2));
  EXPECT_THAT(found[0].options, Contains(Pair("url", "https://www.office.example/rss")));
  EXPECT_THAT(found[1].options, Contains(Pair("links", "ul.list a")));
}

TEST(Suggest, AFeedWithoutATitleOrAnAddress) {
  const auto found = suggest(
      "<!doctype html><link rel=alternate type=application/rss+xml href=/rss>"
      "<link rel=alternate type=application/atom+xml href=''>");
  ASSERT_THAT(found, SizeIs(1)) << "the page itself is no feed";
  EXPECT_EQ(found[0].why, "the page names this feed");
}

TEST(Suggest, TheFieldsOfAnApiAreFoundByNameAndContent) {
  const auto options = guess_json_options(pw::parse_json(
                                              R"({"meta":{"tags":["a","b"]},"data":{"rows":[
            {"uid":"a1","kind":"x","web_url":"https://x.example/1","heading":{"headline":"One is open"},"img":{"url":"https://x.example/1.jpg"},
             "published_at":"2026-03-01T10:00:00Z","summary":"The first road of the new plan is open.","authors":[{"name":"Ann"}]},
            {"uid":"a2","kind":"x","web_url":"https://x.example/2","heading":{"headline":"Two is open"},"img":{"url":"https://x.example/2.jpg"},
             "published_at":"2026-03-01T11:00:00Z","summary":"The second road of the new plan is open.","authors":[{"name":"Ben"}]}]}})")
                                              .value(),
                                          kNow);
  EXPECT_THAT(options, Contains(Pair("items", "/data/rows")));
  EXPECT_THAT(options, Contains(Pair("link", "/web_url")));
  EXPECT_THAT(options, Contains(Pair("title", "/heading/headline")));
  EXPECT_THAT(options, Contains(Pair("text", "/summary")));
  EXPECT_THAT(options, Contains(Pair("date", "/published_at")));
  EXPECT_THAT(options, Contains(Pair("author", "/authors/*/name")));
}

TEST(Suggest, NothingIsMadeOfWhatHoldsNoNews) {
  EXPECT_THAT(suggest("<p>hello</p>"), IsEmpty());
  EXPECT_THAT(suggest("{\"ok\":true}"), IsEmpty());
  EXPECT_THAT(suggest("[1,2,3]"), IsEmpty());
  EXPECT_THAT(suggest("{broken"), IsEmpty());
}

TEST(Suggest, TheFileIsToml) {
  const Suggestion one{"webpage", {{"url", "https://www.office.example/a\"b"}, {"links", "a[href*=\"x\"]"}}, "why"};
  const std::string text = to_toml(one, "first\nsecond");
  EXPECT_THAT(text, StartsWith("# first\n# second\n[[source]]\nid = \"office-example\"\n"));
  EXPECT_THAT(text, HasSubstr(R"(links = "a[href*=\"x\"]")"));
}

}  // namespace
}  // namespace pw::cli
