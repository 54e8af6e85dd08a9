#include "bus/place.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::bus {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

class PlaceTest : public testing::Test {
 protected:
  PlaceTest() { log_.bytes.fill(0x11); }

  [[nodiscard]] Header header(char kind, std::uint64_t seq, std::uint64_t cseq = 0) const {
    Header out;
    out.kind = kind;
    out.log_id = log_;
    out.seq = seq;
    out.cseq = cseq;
    out.time_ms = 1'700'000'000'000 + static_cast<std::int64_t>(seq);
    if (kind == 'A') out.id = derive_id({std::to_string(seq)});
    return out;
  }

  [[nodiscard]] json::object reply(const std::string& rest) const {
    return json::parse(R"({"log":")" + to_hex(log_) + "\"," + rest + "}").as_object();
  }

  /// Moves to the head of the log, as after a complete replay.
  static void catch_up(Place& place, const json::object& reply) {
    EXPECT_EQ(place.read(reply), "");
    place.finish(reply);
  }

  static bool behind(Place& place, const Header& header, const std::string& body) {
    return place.behind(header, json::parse(body).as_object());
  }

  Id log_;
};

TEST_F(PlaceTest, WithoutAPastItBeginsAtTheHead) {
  Place all("", {}, {});
  EXPECT_EQ(all.request().at("op"), "head");
  catch_up(all, reply(R"("status":"ok","head":9)"));
  EXPECT_EQ(all.request().at("after"), 9);
  Place one("a", {}, {});
  EXPECT_EQ(one.request().at("channel"), "a");
  catch_up(one, reply(R"("status":"ok","head":9,"channel_head":4)"));
  EXPECT_EQ(one.request().at("after"), 4);
}

TEST_F(PlaceTest, SinceWithNothingThatNewGoesOnFromNext) {
  Place place("a", {}, from_ms(50));
  EXPECT_EQ(place.request().at("since_ms"), 50);
  catch_up(place, reply(R"("status":"ok","head":9,"n":0,"next":4)"));
  EXPECT_EQ(place.request().at("after"), 4);
}

TEST_F(PlaceTest, AnAlertIsTheNextOrKnownOrTellsOfAGap) {
  Place place("", 5, {});
  catch_up(place, reply(R"("status":"ok","head":5,"next":5)"));
  EXPECT_EQ(place.judge(header('A', 5)), Place::Step::drop);
  EXPECT_EQ(place.judge(header('A', 7)), Place::Step::ask);
  ASSERT_EQ(place.judge(header('A', 6)), Place::Step::deliver);
  EXPECT_TRUE(place.deliver(header('A', 6)));
  EXPECT_EQ(place.judge(header('A', 6)), Place::Step::drop);
  Header another = header('A', 6);
  another.id = Id{};
  EXPECT_EQ(place.judge(another), Place::Step::ask);
  log_.bytes.fill(0x22);
  EXPECT_EQ(place.judge(header('A', 7)), Place::Step::ask);
}

TEST_F(PlaceTest, AHeartbeatFindsALostTailAndALogThatIsShorter) {
  Place place("", 5, {});
  catch_up(place, reply(R"("status":"ok","head":5,"next":5)"));
  EXPECT_FALSE(behind(place, header('H', 5), R"({"heads_after":0,"heads":{}})"));
  EXPECT_TRUE(behind(place, header('H', 6), R"({"heads_after":0,"heads":{}})"));
  EXPECT_TRUE(behind(place, header('H', 4), R"({"heads_after":0,"heads":{}})"));
}

TEST_F(PlaceTest, AChannelThatIsNotListedIsKnownOnlyToWhoSawHeadsAfter) {
  Place place("a", 2, {});
  catch_up(place, reply(R"("status":"ok","head":40,"next":2)"));
  EXPECT_FALSE(behind(place, header('H', 45), R"({"heads_after":40,"heads":{"b":5}})"));
  EXPECT_FALSE(behind(place, header('H', 60), R"({"heads_after":45,"heads":{"b":20}})"));
  EXPECT_TRUE(behind(place, header('H', 99), R"({"heads_after":61,"heads":{"c":9}})"));
  catch_up(place, reply(R"("status":"ok","head":99,"next":2)"));
  EXPECT_FALSE(behind(place, header('H', 99), R"({"heads_after":61,"heads":{"c":9}})"));
  EXPECT_TRUE(behind(place, header('H', 100), R"({"heads_after":61,"heads":{"a":3}})"));
  EXPECT_TRUE(behind(place, header('H', 100), R"({"heads_after":61,"heads":{"a":1}})"));
  EXPECT_FALSE(behind(place, header('H', 100), R"({"heads_after":61,"heads":{"a":2}})"));
  EXPECT_TRUE(behind(place, header('H', 30), R"({"heads_after":0,"heads":{"a":2}})"));
}

TEST_F(PlaceTest, ALossIsSaidInTheNumbersOfWhatIsFollowed) {
  Place place("a", 2, {});
  EXPECT_EQ(place.read(reply(R"("status":"gone","head":400,"next":7)")),
            "alerts 3 to 7 are not kept any more and were lost");
  EXPECT_EQ(place.request().at("after"), 7);
  EXPECT_FALSE(place.request().contains("anchor"));
}

TEST_F(PlaceTest, AfterAResetItBeginsAWhileBeforeItsLastAlertAndDropsWhatItKnows) {
  Place place("", {}, {});
  catch_up(place, reply(R"("status":"ok","head":5,"now_ms":1)"));
  EXPECT_TRUE(place.deliver(header('A', 6)));
  log_.bytes.fill(0x22);
  EXPECT_THAT(place.read(reply(R"("status":"reset","head":3,"next":0)")), HasSubstr("since 2023-11-14T22:03:20"));
  const auto request = place.request();
  EXPECT_EQ(request.at("since_ms"), 1'700'000'000'006 - 600'000);
  EXPECT_EQ(request.at("log").as_string(), to_hex(log_));
  EXPECT_FALSE(request.contains("after"));
  Header again = header('A', 3);
  again.id = derive_id({"6"});
  EXPECT_FALSE(place.deliver(again));
  EXPECT_EQ(place.request().at("after"), 3);
}

TEST_F(PlaceTest, AResetOfACursorWithoutATimeBeginsWithWhatIsKept) {
  Place place("", 70, {});
  EXPECT_THAT(place.read(reply(R"("status":"reset","head":30,"next":4,"now_ms":1700000000000)")),
              HasSubstr("beginning"));
  EXPECT_EQ(place.request().at("after"), 4);
}

}  // namespace
}  // namespace pw::bus
