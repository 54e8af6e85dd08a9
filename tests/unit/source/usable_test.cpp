#include "source/usable.hpp"

#include "core/text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

Item item(std::string url, std::string title = "", std::string text = "") {
  Item out;
  out.hints.url = std::move(url);
  out.hints.title = std::move(title);
  out.hints.text = std::move(text);
  return out;
}

std::vector<std::string> notes_of(Article& article) {
  std::vector<std::string> notes;
  settle(article, notes);
  return notes;
}

TEST(Settle, ATextIsCutAtACodePointAndCountsAsPartial) {
  Article article;
  while (article.text.size() <= kMaxText) article.text += "é€";
  EXPECT_THAT(notes_of(article), ElementsAre(HasSubstr("text was truncated to 1048576 bytes")));
  EXPECT_TRUE(article.partial);
  EXPECT_LE(article.text.size(), kMaxText);
  EXPECT_GT(article.text.size(), kMaxText - 4);
  EXPECT_TRUE(is_valid_utf8(article.text));
  article.partial = false;
  EXPECT_THAT(notes_of(article), IsEmpty());
  EXPECT_FALSE(article.partial) << "what is within the limits is left alone";
}

TEST(Settle, OtherFieldsAreCutToo) {
  Article article;
  article.title = article.site = article.section = article.language = std::string(kMaxField + 1, 'x');
  article.authors.assign(kMaxAuthors + 1, std::string(kMaxField + 1, 'y'));
  EXPECT_THAT(notes_of(article), SizeIs(4 + 1 + kMaxAuthors));
  EXPECT_THAT(article.title, SizeIs(kMaxField));
  EXPECT_THAT(article.authors, SizeIs(kMaxAuthors));
  EXPECT_THAT(article.authors.back(), SizeIs(kMaxField));
}

TEST(Settle, OnlyWebAddressesAreLinks) {
  for (const std::string link :
       {"javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)", " javascript:alert(1)",
        "\x01javascript:x", "data:text/html,<script>", "file:///etc/passwd", "file:/etc/passwd", "vbscript:x",
        "blob:https://x.example/1", "ftp://x.example/", "mailto:a@x.example", "view-source:https://x.example/",
        "https:", "http://", "//[", "x"}) {
    Article article;
    article.url = article.canonical_url = article.image = link;
    EXPECT_THAT(notes_of(article), SizeIs(3)) << link;
    EXPECT_EQ(article.url + article.canonical_url + article.image, "") << link;
  }
}

TEST(Settle, WebAddressesStayAsTheyAre) {
  for (const std::string link : {"https://x.example/1", "HTTP://x.example", "https://x.example/й?q=\"&b#c"}) {
    Article article;
    article.url = article.canonical_url = article.image = link;
    EXPECT_THAT(notes_of(article), IsEmpty()) << link;
    EXPECT_EQ(article.url, link);
    EXPECT_EQ(article.image, link);
  }
}

TEST(Settle, WhatAReaderOfUrlsForgivesIsTakenOut) {
  Article article;
  article.url = " https://x.example/a\nb c\x1b[2J";
  article.image = "/i.jpg";
  EXPECT_THAT(notes_of(article), IsEmpty());
  EXPECT_EQ(article.url, "https://x.example/ab%20c%1B[2J");
  EXPECT_EQ(article.image, "https://x.example/i.jpg");
}

TEST(MakeUsable, AnItemWithoutItsLinkKeepsItsTextAndGetsAnIdentity) {
  Emitted emitted;
  emitted.items = {item("javascript:void(0)", "Baku", "one"), item("javascript:void(0)", "Baku", "two"),
                   item("https://x.example/1", "three")};
  settle(emitted);
  ASSERT_THAT(emitted.items, SizeIs(3));
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(emitted.items[i].hints.url, "");
    EXPECT_TRUE(emitted.items[i].complete) << "there is no page to fetch";
  }
  EXPECT_NE(emitted.items[0].id, emitted.items[1].id) << "many items of a page may have the same such link";
  EXPECT_EQ(emitted.items[2].id, "https://x.example/1");
  EXPECT_THAT(emitted.warnings, ElementsAre(HasSubstr("item 1: its url \"javascript:"), HasSubstr("item 2: its url")));
  settle(emitted);
  EXPECT_THAT(emitted.warnings, SizeIs(2)) << "it is said once";
}

TEST(MakeUsable, ItsOwnIdStays) {
  Item one = item("data:,x", "Baku");
  one.id = "guid-7";
  std::vector<std::string> notes;
  EXPECT_EQ(make_usable(one, notes), "");
  EXPECT_EQ(one.id, "guid-7");
}

TEST(MakeUsable, WhatIsLeftOutIsNamed) {
  Emitted emitted;
  emitted.items = {item(""), item("javascript:x"), item("https://x.example/1")};
  emitted.items[2].id = std::string(kMaxField + 1, 'i');
  settle(emitted);
  EXPECT_THAT(emitted.items, IsEmpty());
  EXPECT_THAT(emitted.warnings, ElementsAre(HasSubstr("item 1 was skipped"), HasSubstr("neither title nor text"),
                                            HasSubstr("its id is longer than 65536 bytes")));
}

TEST(AddWarning, AFloodIsCutAndSaysSo) {
  std::vector<std::string> warnings;
  for (std::size_t i = 0; i < 10 * kMaxWarnings; ++i) add_warning(warnings, "w");
  ASSERT_THAT(warnings, SizeIs(kMaxWarnings + 1));
  EXPECT_THAT(warnings.back(), HasSubstr("further warnings"));
}

std::string text_of(std::string summary, std::string content) {
  feed::Feed feed;
  feed.entries.emplace_back();
  feed.entries[0].url = "https://x.example/1";
  feed.entries[0].summary = std::move(summary);
  feed.entries[0].content = std::move(content);
  return feed_items(feed).at(0).hints.text;
}

TEST(FeedItems, SummaryAndContentAreBothRead) {
  EXPECT_EQ(text_of("A sturgeon delays the works.", "<p>The harbour stays closed for two weeks.</p>"),
            "A sturgeon delays the works.\nThe harbour stays closed for two weeks.");
  EXPECT_EQ(text_of("The harbour stays closed […]", "<p>The harbour stays closed for two weeks.</p>"),
            "The harbour stays closed for two weeks.");
  EXPECT_EQ(text_of("The harbour stays closed.", ""), "The harbour stays closed.");
  EXPECT_EQ(text_of("", "<p>The harbour.</p>"), "The harbour.");
}

TEST(KeepNewest, SaysHowManyItemsItLeavesOut) {
  Emitted emitted;
  for (std::size_t i = 0; i < kMaxItems + 2; ++i) {
    emitted.items.push_back(item("https://x.example/" + std::to_string(i)));
    emitted.items.back().hints.published = StatedDate{from_ms(i == 5 ? 1 : 1'000'000), true, {}, 0};
  }
  emitted.items[9].hints.published.reset();
  keep_newest(emitted);
  ASSERT_THAT(emitted.items, SizeIs(kMaxItems));
  EXPECT_EQ(emitted.items[5].hints.url, "https://x.example/6");
  EXPECT_EQ(emitted.items[8].hints.url, "https://x.example/10");
  EXPECT_THAT(emitted.warnings, ElementsAre(HasSubstr("2 items were left out")));
  keep_newest(emitted);
  EXPECT_THAT(emitted.warnings, SizeIs(1));
}

}  // namespace
}  // namespace pw::source
