#include "pipeline/compose.hpp"

#include <gtest/gtest.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow = from_ms(1772443800000);

/// Or an item of a feed whose clock is wrong would be sorted to 2064, or never be matched for being old.
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

}  // namespace
}  // namespace pw::pipeline
