#include "bus/log_service.hpp"

#include "bus/frame.hpp"
#include "unit/bus/fake_log.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace pw::bus {
namespace {

namespace json = boost::json;

class LogServiceTest : public testing::Test {
 protected:
  json::object ask(const std::string& request) {
    reply_ = answer(*reader_, health_, {"PWQ1", request}, from_ms(1));
    return json::parse(reply_.frames.at(0)).as_object();
  }
  [[nodiscard]] std::size_t alerts() const { return (reply_.frames.size() - 1) / 2; }

  FakeLog log_;
  HealthBoard health_;
  std::unique_ptr<LogSource> reader_ = log_.reader();
  Reply reply_;
};

TEST_F(LogServiceTest, HeadNamesTheLogAndItsEnds) {
  log_.append("a");
  log_.append("b");
  const auto head = ask(R"({"op":"head","req":"x"})");
  EXPECT_EQ(head.at("req"), "x");
  EXPECT_EQ(head.at("head"), 2);
  EXPECT_EQ(head.at("first"), 1);
  EXPECT_EQ(head.at("heads").at("b"), 1);
  EXPECT_EQ(head.at("log").as_string(), to_hex(log_.id()));
}

TEST_F(LogServiceTest, PagesFollowEachOtherToTheHead) {
  for (int i = 0; i < 5; ++i) log_.append(i % 2 == 0 ? "a" : "b");
  auto head = ask(R"({"op":"replay","after":0,"max":3})");
  EXPECT_EQ(head.at("status"), "more");
  EXPECT_EQ(head.at("next"), 3);
  EXPECT_EQ(alerts(), 3U);
  head = ask(R"({"op":"replay","after":3,"max":3})");
  EXPECT_EQ(head.at("status"), "ok");
  EXPECT_EQ(alerts(), 2U);
  head = ask(R"({"op":"replay","after":1,"channel":"a"})");
  EXPECT_EQ(alerts(), 2U);
  EXPECT_EQ(head.at("next"), 3);
  EXPECT_EQ(decode(reply_.frames.at(1))->cseq, 2U);
}

TEST_F(LogServiceTest, APageHoldsAtMostAMegabyteButAlwaysOne) {
  for (int i = 0; i < 3; ++i) log_.append("a", std::string(700'000, 'x'));
  EXPECT_EQ(ask(R"({"op":"replay","after":0})").at("status"), "more");
  EXPECT_EQ(alerts(), 1U);
}

TEST_F(LogServiceTest, WhatRetentionTookIsGoneAndSaid) {
  for (int i = 0; i < 5; ++i) log_.append("a");
  log_.forget(3);
  EXPECT_EQ(ask(R"({"op":"replay","after":1})").at("status"), "gone");
  EXPECT_EQ(ask(R"({"op":"replay","after":1})").at("next"), 3);
  EXPECT_EQ(ask(R"({"op":"replay","after":1,"channel":"a"})").at("status"), "gone");
  EXPECT_EQ(ask(R"({"op":"replay","after":3})").at("status"), "ok");
  EXPECT_EQ(ask(R"({"op":"replay","after":0})").at("status"), "ok");
}

TEST_F(LogServiceTest, AnotherLogOrAnchorIsAReset) {
  const StoredAlert first = log_.append("a");
  EXPECT_EQ(ask(R"({"op":"replay","after":1,"log":"00000000000000000000000000000000"})").at("status"), "reset");
  EXPECT_EQ(ask(R"({"op":"replay","after":1,"anchor":"00000000000000000000000000000001"})").at("status"), "reset");
  EXPECT_EQ(ask(R"({"op":"replay","after":1,"anchor":")" + to_hex(first.id) + "\"}").at("status"), "ok");
}

TEST_F(LogServiceTest, SinceBeginsByTime) {
  for (int i = 0; i < 4; ++i) log_.append("a");
  ask(R"({"op":"replay","since_ms":1700000003000})");
  EXPECT_EQ(alerts(), 2U);
}

TEST_F(LogServiceTest, AnEmptyPageMayWaitAtMostHalfAMinute) {
  ask(R"({"op":"replay","after":0,"wait_ms":999999})");
  EXPECT_TRUE(reply_.empty);
  EXPECT_EQ(reply_.wait, Milliseconds{30'000});
}

TEST_F(LogServiceTest, WhatIsNoRequestIsBad) {
  for (const std::vector<std::string>& frames : {std::vector<std::string>{},
                                                 {"PWQ1"},
                                                 {"PWQ9", "{}"},
                                                 {"PWQ1", "{"},
                                                 {"PWQ1", "[]"},
                                                 {"PWQ1", std::string(5000, ' ')}}) {
    const Reply reply = answer(*reader_, health_, frames, from_ms(1));
    EXPECT_EQ(json::parse(reply.frames.at(0)).at("status"), "bad");
  }
  EXPECT_EQ(ask(R"({"op":"dance"})").at("status"), "unsupported");
  EXPECT_EQ(ask(R"({"op":"replay","after":-5,"max":0,"wait_ms":"x"})").at("status"), "ok");
}

TEST_F(LogServiceTest, HealthGivesTheLastWordOnEachSource) {
  health_.put("wire", R"({"state":"failing"})");
  health_.put("gazette", R"({"state":"ok"})");
  health_.put("wire", R"({"state":"gone"})");
  const auto reply = ask(R"({"op":"health","req":"h"})");
  EXPECT_EQ(reply.at("req"), "h");
  EXPECT_EQ(reply.at("complete"), true);
  ASSERT_EQ(reply.at("sources").as_array().size(), 2U);
  EXPECT_EQ(reply.at("sources").at(0).at("state"), "ok");
  EXPECT_EQ(reply.at("sources").at(1).at("state"), "gone");
  bool complete = true;
  EXPECT_EQ(health_.list(30, complete), R"([{"state":"ok"}])");
  EXPECT_FALSE(complete);
}

}  // namespace
}  // namespace pw::bus
