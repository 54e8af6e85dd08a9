#include "unit/source/kinds/native/loaded.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace pw::native {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

Result<source::Emitted> polled(const std::string& what) { return Loaded("with_sdk").source(what)->poll({"c", kNow}); }

std::vector<std::string> told(const std::string& what, const std::string& body) {
  const auto parsed = Loaded("with_sdk").source(what)->parse({body, "https://x.example/a", "text/x", "tag", "c", kNow});
  return parsed ? parsed->warnings : std::vector<std::string>{parsed.error().message};
}

TEST(NativeSdk, OptionsAreRead) {
  EXPECT_THAT(polled("options")->warnings, ElementsAre("a", "b", "0 on", "fallback is not there"));
}

TEST(NativeSdk, WhatIsThrownIsTheReason) {
  EXPECT_EQ(polled("throw").error().message, "in order");
  EXPECT_EQ(polled("throw").error().code, Errc::parse);
  EXPECT_EQ(polled("throw-other").error().message, "by accident");
  EXPECT_THAT(polled("throw-number").error().message, HasSubstr("not a std::exception"));
  EXPECT_THAT(polled("selector").error().message, HasSubstr("p["));
  EXPECT_THROW(polled("refuse").value(), std::invalid_argument);
  const CaughtLog log;
  Loaded("with_sdk").source("")->stored("c");
  EXPECT_THAT(log.text(), HasSubstr("stored c"));
}

TEST(NativeSdk, EverythingIsEmitted) {
  const CaughtLog log;
  const auto emitted = polled("emit");
  ASSERT_TRUE(emitted);
  EXPECT_EQ(emitted->requests.at(0).tag, "t");
  EXPECT_THAT(emitted->requests.at(0).headers, ElementsAre(std::pair<std::string, std::string>("Accept", "a/b")));
  EXPECT_EQ(emitted->items.at(0).id, "i");
  EXPECT_TRUE(emitted->items.at(0).complete);
  EXPECT_THAT(emitted->items.at(0).hints.authors, ElementsAre("Ann", "Bob"));
  EXPECT_EQ(emitted->cursor, "c");
  EXPECT_EQ(emitted->pace.at_least, Milliseconds{600'000});
  EXPECT_THAT(log.text(), HasSubstr("wire-1: logged"));
}

TEST(NativeSdk, PagesValuesAndFeedsAreSeen) {
  EXPECT_THAT(told("html", "<ul><li><a href=/1>One</a><li>Two</ul>"),
              ElementsAre("One", "/1", "li 2", "the same", "not hidden", "nothing", "0"));
  EXPECT_THAT(told("json", R"({"rows":[{"t":"A","n":7},{"t":"B"}]})"), ElementsAre("A 7", "B -1", "A"));
  EXPECT_THAT(told("json", "{"), ElementsAre(HasSubstr("not valid JSON")));
  EXPECT_THAT(told("tools", ""),
              ElementsAre("https://x.example/b", "A & B", "1772443800000", "no date", "tag,text/x,c"));
  const auto fed =
      Loaded("with_sdk")
          .source("feed")
          ->parse({"<rss version='2.0'><channel><item><title>T</title><link>/1</link></item></channel></rss>",
                   "https://x.example/", "", "", "", kNow});
  ASSERT_TRUE(fed);
  ASSERT_THAT(fed->items, SizeIs(1));
  EXPECT_EQ(fed->items[0].hints.section, "seen");
}

TEST(NativeSdk, AViewThatIsKeptIsRefused) {
  const auto source = Loaded("with_sdk").source("keep");
  ASSERT_TRUE(source->poll({"", kNow}));
  const auto parsed = source->parse({"", "", "", "", "", kNow});
  ASSERT_FALSE(parsed);
  EXPECT_THAT(parsed.error().message, HasSubstr("used after its call had ended"));
}

TEST(NativeSdk, ArticlesAreExtracted) {
  const auto source = Loaded("with_sdk").source("");
  EXPECT_FALSE(source->extract({"", "", kNow})->has_value());
  const auto article = source->extract({"text", "", kNow});
  ASSERT_TRUE(article && *article);
  EXPECT_EQ((*article)->text, "text");
  EXPECT_THAT((*article)->authors, ElementsAre("Ann"));
  EXPECT_TRUE((*article)->partial);
}

}  // namespace
}  // namespace pw::native
