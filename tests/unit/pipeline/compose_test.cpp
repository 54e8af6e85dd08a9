#include "pipeline/compose.hpp"

#include <gtest/gtest.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow = from_ms(1772443800000);

/// Otherwise an item of a feed with a wrong clock would be sorted to 2064, or never match because of its age.
TEST(ComposeWithoutPage, ADateThatCannotBeBecomesTheMomentItWasSeen) {
  for (const Time wrong : {from_ms(0), kNow + 24h * 365 * 38}) {
    source::Item item;
    item.hints.published = StatedDate{wrong, true, {}};
    const Article article = compose_without_page(item, kNow, "").article;
    ASSERT_TRUE(article.published);
    EXPECT_EQ(article.published->time, kNow);
    EXPECT_EQ(article.published->raw, to_iso8601(wrong));
  }
}

TEST(ComposeWithoutPage, APlausibleDateStaysAsItIs) {
  source::Item item;
  item.complete = true;
  item.hints.published = StatedDate{kNow - 48h, true, {}};
  const Article article = compose_without_page(item, kNow, "").article;
  EXPECT_EQ(article.published, item.hints.published);
  EXPECT_FALSE(article.partial);
}

/// Otherwise a feed's "en-us" would match no watchlist with languages = ["en"], and the default language of a feed
/// template would exclude texts in other languages.
TEST(ComposeWithoutPage, TheLanguageOfAFeedIsATagThatTheTextMayContradict) {
  const auto language = [](std::string stated, std::string title) {
    source::Item item;
    item.hints.language = std::move(stated);
    item.hints.title = std::move(title);
    return compose_without_page(item, kNow, "").article.language;
  };
  EXPECT_EQ(language("en-us", "Bridge opens"), "en");
  EXPECT_EQ(language("iw", "הגשר החדש נפתח"), "he");
  EXPECT_EQ(language("en-us", "הגשר החדש נפתח"), "");
  EXPECT_EQ(language("", "Şəhər şurası yeni körpünün tikintisini təsdiq etdi"), "az");
}

class PageSource : public source::Source {
 public:
  explicit PageSource(std::optional<Article> own = {}) : own_(std::move(own)) {}
  Result<source::Emitted> poll(const source::PollInput&) override { return source::Emitted{}; }
  Result<source::Emitted> parse(const source::ParseInput&) override { return source::Emitted{}; }
  Result<std::optional<Article>> extract(const source::PageInput&) override { return own_; }

 private:
  std::optional<Article> own_;
};

std::string language_of_page(PageSource source, std::string html_language, std::string hinted) {
  fetch::FetchResponse page;
  page.final_url = "https://www.crier.example/town/bridge";
  page.content_type = "text/html; charset=utf-8";
  page.body = "<html lang='" + html_language + "'><title>הגשר נפתח</title><body><h1>הגשר נפתח</h1><p>הגשר החדש נפתח.";
  source::Item item;
  item.hints.language = std::move(hinted);
  return compose(source, page, item, kNow).value().article.language;
}

TEST(Compose, TheFeedSaysTheLanguageWhereThePageIsContradictedByItsText) {
  EXPECT_EQ(language_of_page(PageSource(), "en", "he-IL"), "he");
  EXPECT_EQ(language_of_page(PageSource(), "en", "en-us"), "");
  EXPECT_EQ(language_of_page(PageSource(), "yi", "he"), "yi");
}

TEST(Compose, TheLanguageThatAPluginStatesIsATagToo) {
  Article own;
  own.title = "Bridge opens";
  own.language = "en-gb";
  EXPECT_EQ(language_of_page(PageSource(own), "de", "fr"), "en");
}

}  // namespace
}  // namespace pw::pipeline
