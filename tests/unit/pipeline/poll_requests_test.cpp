/// The requests of a poll, and the state saved from their answers.
#include "unit/pipeline/poll_fixture.hpp"

namespace pw::pipeline {
namespace {

using testing::HasSubstr;

using PollRequests = PollTest;

TEST_F(PollRequests, AnUnchangedAnswerIsNotReadAgain) {
  feed(line("a", "Quintara speaks"), {{"etag", "\"1\""}});
  page("https://paper.example/a", "Quintara speaks");
  poll();
  EXPECT_EQ(alerts(), 1U);
  EXPECT_TRUE(poll().not_modified);
  EXPECT_EQ(web_.requests().back().etag, "\"1\"");
  EXPECT_EQ(entry_->state.not_modified, 1U);
}

TEST_F(PollRequests, ValidatorsOfOtherOptionsAreNotUsed) {
  feed(line("a", "Something else"), {{"etag", "\"1\""}});
  poll();
  configure("another selector");
  EXPECT_TRUE(poll().changed);
  EXPECT_EQ(web_.requests().back().etag, "") << "the page is read anew with the new selector";
}

TEST_F(PollRequests, A304EndsOnlyItsOwnRequest) {
  const std::string part = "https://paper.example/part";
  feed("+" + part + "\n", {{"etag", "\"steady\""}});
  web_.on(part, test::web_answer(200, line("a", "One")));
  poll();
  web_.on(part, test::web_answer(200, line("b", "Quintara in the part") + line("a", "One")));
  page("https://paper.example/b", "Quintara in the part");
  EXPECT_TRUE(poll().not_modified);
  EXPECT_EQ(web_.count(part), 2U);
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(PollRequests, APartThatFailsIsSaidAndStopsNoOther) {
  feed("+https://paper.example/broken\n+https://paper.example/good\n");
  web_.on("https://paper.example/broken", test::web_answer(500));
  web_.on("https://paper.example/good", test::web_answer(200, line("a", "Quintara in the good part")));
  page("https://paper.example/a", "Quintara in the good part");
  const PollResult& result = poll();
  EXPECT_FALSE(result.error);
  EXPECT_EQ(alerts(), 1U);
  EXPECT_EQ(entry_->state.state, "ok");
  EXPECT_THAT(reason(), HasSubstr("broken"));
}

TEST_F(PollRequests, ARequestThatFailsStopsNoOtherButIsTheSourcesError) {
  script_.poll = [](const source::PollInput&) {
    source::Emitted out;
    out.requests.push_back({"https://paper.example/one", {}, ""});
    out.requests.push_back({"https://paper.example/two", {}, ""});
    out.cursor = "after";
    return out;
  };
  web_.on("https://paper.example/one", test::web_answer(404));
  web_.on("https://paper.example/two", test::web_answer(200, line("a", "Quintara in the second")));
  page("https://paper.example/a", "Quintara in the second");
  poll();
  EXPECT_EQ(entry_->state.state, "missing");
  EXPECT_EQ(alerts(), 1U);
  EXPECT_TRUE(script_.stored.empty()) << "the cursor stands for both";
}

TEST_F(PollRequests, WhatOnePollDoesNotAskForIsSaidAndAskedForLater) {
  script_.parse = [](const source::ParseInput& input) -> Result<source::Emitted> {
    source::Emitted out;
    if (input.tag != "top") return out;
    for (int i = 0; i < 5; ++i) {
      out.requests.push_back({fmt::format("https://paper.example/part{}", i), {}, "part", true});
    }
    out.at_once = 2;
    return out;
  };
  feed("index", {{"etag", "\"steady\""}});
  web_.otherwise([](const fetch::FetchRequest&) -> Result<fetch::FetchResponse> { return test::web_answer(200); });
  poll();
  EXPECT_THAT(reason(), HasSubstr("3 more requests"));
  poll();
  poll();
  for (int i = 0; i < 5; ++i) EXPECT_GE(web_.count(fmt::format("https://paper.example/part{}", i)), 1U) << i;
}

TEST_F(PollRequests, AnAnswerThatCannotBeReadIsNotHiddenBehindA304) {
  feed(line("a", "x"), {{"etag", "\"1\""}});
  poll();
  script_.parse = [](const source::ParseInput&) -> Result<source::Emitted> { return fail(Errc::parse, "no feed"); };
  feed("?", {{"etag", "\"2\""}});
  poll();
  EXPECT_EQ(entry_->state.state, "unreadable");
  script_.parse = [](const source::ParseInput& input) { return read_lines(input); };
  EXPECT_TRUE(poll().changed);
  EXPECT_EQ(web_.requests().at(web_.requests().size() - 1).etag, "");
}

TEST_F(PollRequests, AnAnswerThatIsCutIsSaid) {
  web_.on(kFeed, [](const fetch::FetchRequest&) -> Result<fetch::FetchResponse> {
    auto answer = test::web_answer(200, line("a", "x"));
    answer.truncated = true;
    answer.note = "only its beginning was read";
    return answer;
  });
  poll();
  EXPECT_THAT(reason(), HasSubstr("only its beginning was read"));
}

TEST_F(PollRequests, AnAnswerThatOnlySendsOnIsFollowed) {
  web_.on(kFeed, test::web_answer(200, "<html><meta http-equiv=refresh content='0; url=/new'></html>",
                                  {{"content-type", "text/html"}}));
  web_.on("https://paper.example/new", test::web_answer(200, line("a", "Quintara moved")));
  page("https://paper.example/a", "Quintara moved");
  poll();
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(PollRequests, AStoreThatCannotBeReadIsAnErrorNotAnEmptyStore) {
  feed(line("a", "Quintara speaks"));
  page("https://paper.example/a", "Quintara speaks");
  poll();
  store_.fail_reads(fail(Errc::io, "the disk is gone"));
  EXPECT_TRUE(poll().error);
  store_.fail_reads(std::nullopt);
  poll();
  EXPECT_EQ(alerts(), 1U) << "nothing is told twice";
}

TEST_F(PollRequests, ARemovedSourceDoesNotOverwriteTheStateOfItsSuccessor) {
  feed(line("a", "x"));
  poll();
  const auto saved = store_.state("wire");
  entry_->removed = true;
  poll();
  EXPECT_EQ(store_.state("wire"), saved);
}

}  // namespace
}  // namespace pw::pipeline
