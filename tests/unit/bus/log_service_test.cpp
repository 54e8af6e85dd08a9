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
    reply_ = answer(*reader_, health_, heads_, {"PWQ1", request}, from_ms(1));
    return json::parse(reply_.frames.at(0)).as_object();
  }
  [[nodiscard]] std::size_t alerts() const { return (reply_.frames.size() - 1) / 2; }

  FakeLog log_;
  HealthBoard health_;
  RecentHeads heads_{0};
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
  EXPECT_EQ(head.at("now_ms"), 1);
  EXPECT_EQ(head.at("log").as_string(), to_hex(log_.id()));
}

TEST_F(LogServiceTest, HeadOfAChannelNamesItsEnds) {
  for (const char* channel : {"a", "a", "b", "a"}) log_.append(channel);
  log_.forget(2);
  const auto a = ask(R"({"op":"head","channel":"a"})");
  EXPECT_EQ(a.at("head"), 4);
  EXPECT_EQ(a.at("channel_first"), 3);
  EXPECT_EQ(a.at("channel_head"), 3);
  EXPECT_FALSE(a.contains("heads"));
  EXPECT_EQ(ask(R"({"op":"head","channel":"none"})").at("channel_head"), 0);
}

TEST_F(LogServiceTest, AHeadDoesNotGrowWithTheChannels) {
  for (std::uint64_t n = 1; n <= 5000; ++n) heads_.put("channel-" + std::to_string(n), n, 1);
  const auto head = ask(R"({"op":"head"})");
  EXPECT_LT(reply_.frames.at(0).size(), 16U * 1024);
  EXPECT_EQ(head.at("heads").at("channel-5000"), 1);
  EXPECT_EQ(head.at("heads").as_object().size(), 5000U - head.at("heads_after").as_int64());
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

TEST_F(LogServiceTest, GoneGoesOnWithANumberOfWhatIsFollowed) {
  for (int i = 0; i < 6; ++i) log_.append("many");
  for (int i = 0; i < 4; ++i) log_.append("few");
  log_.forget(8);
  const auto few = ask(R"({"op":"replay","channel":"few","after":1})");
  EXPECT_EQ(few.at("status"), "gone");
  EXPECT_EQ(few.at("next"), 2);
  EXPECT_EQ(few.at("channel_head"), 4);
  EXPECT_EQ(ask(R"({"op":"replay","channel":"few","after":2})").at("n"), 2);
}

TEST_F(LogServiceTest, AChannelWithoutAnyAlertLeftSaysSo) {
  for (int i = 0; i < 3; ++i) log_.append("a");
  log_.append("b");
  log_.forget(3);
  const auto gone = ask(R"({"op":"replay","channel":"a","after":1})");
  EXPECT_EQ(gone.at("status"), "gone");
  EXPECT_EQ(gone.at("next"), 3);
  const auto at_head = ask(R"({"op":"replay","channel":"a","after":3})");
  EXPECT_EQ(at_head.at("status"), "ok");
  EXPECT_EQ(at_head.at("next"), 3);
}

TEST_F(LogServiceTest, NumberZeroIsAPlaceInALogThatIsNamed) {
  for (int i = 0; i < 3; ++i) log_.append("a");
  log_.forget(2);
  const auto named = ask(R"({"op":"replay","after":0,"log":")" + to_hex(log_.id()) + "\"}");
  EXPECT_EQ(named.at("status"), "gone");
  EXPECT_EQ(named.at("next"), 2);
  const auto from_the_oldest = ask(R"({"op":"replay","after":0,"log":null})");
  EXPECT_EQ(from_the_oldest.at("status"), "ok");
  EXPECT_EQ(from_the_oldest.at("next"), 3);
}

TEST_F(LogServiceTest, AnotherLogOrAnchorIsAReset) {
  const StoredAlert first = log_.append("a");
  EXPECT_EQ(ask(R"({"op":"replay","after":1,"log":"00000000000000000000000000000000"})").at("status"), "reset");
  EXPECT_EQ(ask(R"({"op":"replay","after":1,"anchor":"00000000000000000000000000000001"})").at("status"), "reset");
  EXPECT_EQ(ask(R"({"op":"replay","after":1,"anchor":")" + to_hex(first.id) + "\"}").at("status"), "ok");
}

TEST_F(LogServiceTest, APlaceBeyondTheHeadIsAReset) {
  for (const char* channel : {"a", "b", "b", "b"}) log_.append(channel);
  EXPECT_EQ(ask(R"({"op":"replay","after":4})").at("status"), "ok");
  EXPECT_EQ(ask(R"({"op":"replay","after":5,"wait_ms":1000})").at("status"), "reset");
  EXPECT_FALSE(reply_.empty);  // so it does not wait
  EXPECT_EQ(ask(R"({"op":"replay","after":9223372036854775807})").at("status"), "reset");
  // The log has four alerts, the channel has one.
  EXPECT_EQ(ask(R"({"op":"replay","after":2,"channel":"a"})").at("status"), "reset");
  EXPECT_EQ(ask(R"({"op":"replay","after":1,"channel":"never"})").at("status"), "reset");
}

TEST_F(LogServiceTest, SinceBeginsByTime) {
  for (int i = 0; i < 4; ++i) log_.append("a");
  ask(R"({"op":"replay","since_ms":1700000003000})");
  EXPECT_EQ(alerts(), 2U);
}

TEST_F(LogServiceTest, SinceWithNothingThatNewGoesOnFromTheHeadOfWhatIsFollowed) {
  for (const char* channel : {"a", "a", "b"}) log_.append(channel);
  for (const auto& [channel, next] : {std::pair{"", 3}, {R"("channel":"a",)", 2}, {R"("channel":"never",)", 0}}) {
    const auto reply = ask(R"({"op":"replay",)" + std::string(channel) + R"("since_ms":1800000000000})");
    EXPECT_EQ(reply.at("status"), "ok");
    EXPECT_EQ(reply.at("n"), 0);
    EXPECT_EQ(reply.at("next"), next);
  }
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
    const Reply reply = answer(*reader_, health_, heads_, frames, from_ms(1));
    EXPECT_EQ(json::parse(reply.frames.at(0)).at("status"), "bad");
  }
}

TEST_F(LogServiceTest, AKeyOfAWrongFormIsNeverTakenAsAbsent) {
  log_.append("a");
  for (const char* pair : {R"("op":"dance")",
                           R"("op":5)",
                           R"("op":null)",
                           R"("req":7)",
                           R"("after":"0")",
                           R"("after":3.5)",
                           R"("after":-5)",
                           R"("after":null)",
                           R"("after":1e300)",
                           R"("after":true)",
                           R"("after":[])",
                           R"("after":18446744073709551615)",
                           R"("channel":5)",
                           R"("channel":"")",
                           R"("channel":"A b")",
                           R"("log":"zz")",
                           R"("log":7)",
                           R"("since_ms":"x")",
                           R"("since_ms":0.5)",
                           R"("since_ms":-1)",
                           R"("max":0)",
                           R"("max":"9")",
                           R"("wait_ms":"x")",
                           R"("wait_ms":-1)",
                           R"("after":1,"anchor":"00")",
                           R"("after":1,"anchor":null)",
                           R"("anchor":"00000000000000000000000000000001")"}) {
    for (const char* op : {"replay", "head", "health"}) {
      // Of duplicate keys, the last one wins.
      const auto reply = ask(R"({"op":")" + std::string(op) + R"(",)" + pair + "}");
      EXPECT_EQ(reply.at("status"), "bad") << op << ' ' << pair;
      EXPECT_FALSE(reply.at("why").as_string().empty());
    }
  }
  EXPECT_EQ(ask(R"({"req":"x","after":1})").at("status"), "bad");
  EXPECT_EQ(ask(R"({"op":"replay","req":")" + std::string(65, 'y') + "\"}").at("status"), "bad");
  EXPECT_EQ(ask(R"({"op":"replay","req":"kept","after":"\u001b[2J"})").at("req"), "kept");
  EXPECT_EQ(ask(R"({"op":"replay","after":1.0,"channel":null,"log":null,"max":9999,"unknown":{}})").at("status"), "ok");
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
