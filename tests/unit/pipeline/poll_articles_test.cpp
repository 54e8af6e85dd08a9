/// Processing of the items of a poll.
#include "unit/pipeline/poll_fixture.hpp"

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

using PollArticles = PollTest;

constexpr const char* kPage = "https://paper.example/a";

TEST_F(PollArticles, AnArticleIsAlertedOnce) {
  feed(line("a", "Quintara speaks"));
  page(kPage, "Quintara speaks");
  poll();
  poll();
  EXPECT_EQ(alerts(), 1U);
  EXPECT_EQ(visits("a"), 1U);
}

TEST_F(PollArticles, WhatTheSourceSaidIsMatchedTogetherWithThePage) {
  feed(line("a", "Works in the harbour are late", "The reason is a dispute with Quintara."));
  page(kPage, "Works in the harbour are late");
  poll();
  ASSERT_EQ(alerts(), 1U);
  EXPECT_THAT(body(0), HasSubstr("a dispute with Quintara"));
  EXPECT_THAT(body(0), HasSubstr("the price of bread"));
}

TEST_F(PollArticles, APageThatIsNotTheArticleDoesNotHideIt) {
  feed(line("a", "Quintara delays the harbour works"));
  web_.on(kPage, test::web_answer(200,
                                  "<html><head><title>Just a moment...</title></head><body><h1>paper.example</h1>"
                                  "<p>Checking your browser before you continue.</p></body></html>",
                                  {{"content-type", "text/html"}}));
  poll();
  ASSERT_EQ(alerts(), 1U);
  EXPECT_THAT(body(0), HasSubstr("Quintara delays the harbour works"));
  EXPECT_THAT(body(0), Not(HasSubstr("Just a moment")));
  EXPECT_THAT(reason(), HasSubstr("its page is not the article"));
}

TEST_F(PollArticles, APageAboutSomethingElseDoesNotHideTheArticle) {
  feed(line("a", "Quintara delays harbour works", "The council decides tomorrow."));
  page(kPage, "Champions win the league again");
  poll();
  ASSERT_EQ(alerts(), 1U);
  EXPECT_THAT(body(0), HasSubstr("Quintara delays harbour works"));
  EXPECT_THAT(reason(), HasSubstr("about something else"));
}

TEST_F(PollArticles, ThePageThatAPageSendsOnToIsRead) {
  feed(line("a", "Harbour works are late"));
  web_.on(kPage, test::web_answer(200, "<html><meta http-equiv=refresh content='0; url=/real'></html>",
                                  {{"content-type", "text/html"}}));
  page("https://paper.example/real", "Harbour works are late", "Quintara is named as the reason.");
  poll();
  ASSERT_EQ(alerts(), 1U);
  EXPECT_THAT(body(0), HasSubstr("https://paper.example/real"));
}

TEST_F(PollArticles, APageThatAlwaysFailsIsMatchedByWhatItsSourceSaidAfterThreeTries) {
  for (const int status : {500, 503, 429}) {
    const std::string name = fmt::format("p{}", status);
    feed(line(name, fmt::format("Quintara and number {}", status)), {{"etag", name}});
    web_.on("https://paper.example/" + name, test::web_answer(status));
    const std::size_t before = alerts();
    poll();
    EXPECT_THAT(reason(), HasSubstr("tried again"));
    poll();
    EXPECT_EQ(alerts(), before);
    poll();
    EXPECT_EQ(alerts(), before + 1) << status;
    EXPECT_THAT(reason(), HasSubstr("its page could not be read"));
    poll();
    EXPECT_EQ(web_.requests().back().etag, name) << "the feed's validators are not held back";
  }
}

TEST_F(PollArticles, PagesThatFailOneAfterTheOtherDoNotHoldTheCursorForEver) {
  int number = 0;
  script_.parse = [&](const source::ParseInput&) -> Result<source::Emitted> {
    auto out = read_lines({line(fmt::format("n{}", ++number), "x"), "", "", "", "", {}});
    out->cursor = fmt::format("{}", number);
    return out;
  };
  feed("-");
  web_.otherwise([](const fetch::FetchRequest&) -> Result<fetch::FetchResponse> { return test::web_answer(503); });
  for (int i = 0; i < 8; ++i) poll();
  EXPECT_FALSE(script_.stored.empty());
}

TEST_F(PollArticles, APageOfWhichTheSourceSaysNothingIsTriedUntilItIsThere) {
  feed(line("a", ""));
  web_.on(kPage, test::web_answer(503));
  for (int i = 0; i < 6; ++i) poll();
  EXPECT_TRUE(store_.committed_items().empty());
  page(kPage, "Quintara speaks");
  poll();
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(PollArticles, OnePageThatIsNoArticleStopsNoOtherOfItsHost) {
  feed(line("b", "") + line("a", ""));
  web_.on(kPage, test::web_answer(200,
                                  "<html><head><title>Just a moment...</title></head><body><h1>paper.example</h1>"
                                  "<p>Checking your browser before you continue.</p></body></html>",
                                  {{"content-type", "text/html"}}));
  page("https://paper.example/b", "Quintara speaks");
  poll();
  EXPECT_EQ(alerts(), 1U);
  EXPECT_EQ(entry_->pages.size(), 1U);
}

TEST_F(PollArticles, AHostThatHangsIsAskedForOnePageOnly) {
  std::string lines;
  for (int i = 0; i < 5; ++i) lines += fmt::format("n{0}|https://slow.example/{0}|Title {0}|\n", i);
  feed(lines + line("a", "Quintara elsewhere"));
  page(kPage, "Quintara elsewhere");
  web_.otherwise(
      [](const fetch::FetchRequest&) -> Result<fetch::FetchResponse> { return fail(Errc::timeout, "no answer"); });
  poll();
  EXPECT_EQ(alerts(), 1U);
  EXPECT_EQ(web_.requests().size(), 3U) << "the feed, the good page, and one of the host that hangs";
}

TEST_F(PollArticles, ARandomIdDoesNotMakeItAnotherArticle) {
  page(kPage, "Quintara speaks");
  for (int i = 0; i < 4; ++i) {
    feed(fmt::format("uuid:{}|{}|Quintara speaks|\n", i, kPage));
    poll();
  }
  EXPECT_EQ(alerts(), 1U);
  EXPECT_EQ(visits("a"), 1U);
}

TEST_F(PollArticles, TheSameTextAtAnotherAddressIsTheSameArticle) {
  for (const char* name : {"a", "copy"}) page(fmt::format("https://paper.example/{}", name), "Quintara speaks");
  feed(line("a", "Quintara speaks"));
  poll();
  feed(line("copy", "Quintara speaks"));
  poll();
  poll();
  EXPECT_EQ(alerts(), 1U);
  EXPECT_EQ(visits("copy"), 1U) << "and its page is known from then on";
}

TEST_F(PollArticles, ADateThatAlwaysSaysNowIsNoRevision) {
  script_.parse = [this](const source::ParseInput& input) -> Result<source::Emitted> {
    auto out = read_lines(input);
    for (source::Item& item : out->items) item.hints.modified = StatedDate{clock_.now(), true, ""};
    return out;
  };
  feed(line("a", "Quintara speaks"));
  page(kPage, "Quintara speaks");
  for (int i = 0; i < 20; ++i) poll();
  EXPECT_EQ(alerts(), 1U);
  EXPECT_LE(visits("a"), 8U) << "in 200 minutes";
}

TEST_F(PollArticles, ARealChangeIsTheNextRevisionAlsoAfterTheArticleWasDeleted) {
  feed(line("a", "Quintara speaks"));
  page(kPage, "Quintara speaks");
  poll();
  store_.forget_articles();
  feed(line("a", "Quintara has spoken"));
  page(kPage, "Quintara has spoken", "The speech was long.");
  poll();
  ASSERT_EQ(alerts(), 2U);
  EXPECT_THAT(body(1), HasSubstr("\"revision\":2"));
}

TEST_F(PollArticles, MoreThanAPollMayTakeIsLeftToTheNextAndSaid) {
  schedule_.max_items_per_poll = 2;
  std::string lines;
  for (int i = 5; i > 0; --i) {
    lines += line(fmt::format("n{}", i), fmt::format("Quintara and {}", i));
    page(fmt::format("https://paper.example/n{}", i), fmt::format("Quintara and {}", i), std::string(20, 'x'));
  }
  feed(lines, {{"etag", "\"1\""}});
  EXPECT_TRUE(poll().backlog);
  EXPECT_THAT(reason(), HasSubstr("3 new items are left"));
  EXPECT_THAT(body(1), HasSubstr("Quintara and 5")) << "the newest first";
  poll();
  poll();
  EXPECT_EQ(alerts(), 5U);
  EXPECT_EQ(reason(), "");
}

TEST_F(PollArticles, AStoreThatTakesNothingHoldsEverything) {
  feed(line("a", "Quintara speaks"), {{"etag", "\"1\""}});
  page(kPage, "Quintara speaks");
  store_.fail_next(fail(Errc::io, "disk full"));
  EXPECT_TRUE(poll().incomplete);
  poll();
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(PollArticles, WhatSaysThatItIsOldIsStoredAndCounted) {
  script_.parse = [this](const source::ParseInput& input) -> Result<source::Emitted> {
    auto out = read_lines(input);
    for (source::Item& item : out->items) item.hints.published = StatedDate{clock_.now() - 24h * 30, true, ""};
    return out;
  };
  feed(line("a", "Quintara speaks"));
  page(kPage, "Quintara speaks");
  poll();
  EXPECT_EQ(alerts(), 0U);
  EXPECT_EQ(counters_.too_old, 1U);
  EXPECT_EQ(store_.committed_items().size(), 1U);
}

}  // namespace
}  // namespace pw::pipeline
