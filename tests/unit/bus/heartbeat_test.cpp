#include "bus/heartbeat.hpp"

#include "bus/frame.hpp"
#include "unit/bus/fake_log.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace pw::bus {
namespace {

namespace json = boost::json;

json::object body_of(LogSource& log, const RecentHeads& heads) {
  const auto frames = heartbeat_frames(log, heads, {7, Milliseconds{200}, from_ms(5), kStopping});
  return json::parse(frames.value().at(2)).as_object();
}

TEST(Heartbeat, SaysWhatWasSentAndWhatIsKept) {
  FakeLog log;
  for (int i = 0; i < 9; ++i) log.append("a");
  log.forget(2);
  const auto reader = log.reader();
  const auto frames = heartbeat_frames(*reader, RecentHeads{0}, {7, Milliseconds{200}, from_ms(5), kStopping});
  ASSERT_TRUE(frames);
  EXPECT_EQ(frames->at(0), "H");
  const auto header = decode(frames->at(1));
  EXPECT_EQ(header->kind, 'H');
  EXPECT_EQ(header->log_id, log.id());
  EXPECT_EQ(header->seq, 7U);
  EXPECT_EQ(header->time_ms, 5);
  EXPECT_EQ(header->flags, kStopping);
  EXPECT_EQ(json::parse(frames->at(2)), json::parse(R"({"first":3,"hb_ms":200,"heads_after":0,"heads":{}})"));
}

TEST(Heartbeat, HoldsTheChannelsThatChangedLastAndSaysSinceWhen) {
  FakeLog log;
  const auto reader = log.reader();
  RecentHeads heads{4, 2 * (1 + 24)};  // room for two
  heads.put("a", 5, 1);
  heads.put("b", 6, 1);
  EXPECT_EQ(body_of(*reader, heads).at("heads_after"), 4);
  heads.put("a", 7, 2);
  heads.put("c", 8, 1);  // b is evicted: it changed at 6
  EXPECT_EQ(body_of(*reader, heads).at("heads_after"), 6);
  EXPECT_EQ(body_of(*reader, heads).at("heads"), json::parse(R"({"c":1,"a":2})"));
  heads.put("b", 9, 2);
  EXPECT_EQ(body_of(*reader, heads).at("heads_after"), 7);
  EXPECT_EQ(body_of(*reader, heads).at("heads"), json::parse(R"({"b":2,"c":1})"));
}

TEST(Heartbeat, StaysBelow16KiBWithAHundredThousandChannels) {
  FakeLog log;
  const auto reader = log.reader();
  RecentHeads heads{0};
  for (std::uint64_t n = 1; n <= 100'000; ++n) heads.put("channel-" + std::to_string(n), n, UINT64_MAX);
  const auto body = body_of(*reader, heads);
  EXPECT_LT(json::serialize(body).size(), 16U * 1024);
  EXPECT_GT(body.at("heads").as_object().size(), 300U);
  EXPECT_EQ(body.at("heads").as_object().size(), 100'000U - body.at("heads_after").as_int64());
}

}  // namespace
}  // namespace pw::bus
