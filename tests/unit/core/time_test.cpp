#include "core/time.hpp"

#include <gtest/gtest.h>

namespace pw {
namespace {

using namespace std::chrono_literals;

TEST(Time, Iso8601) {
  EXPECT_EQ(to_iso8601(from_ms(0)), "1970-01-01T00:00:00Z");
  EXPECT_EQ(to_iso8601(from_ms(1677684000250)), "2023-03-01T15:20:00.250Z");
  EXPECT_EQ(to_iso8601(from_ms(-1)), "1969-12-31T23:59:59.999Z");
}

TEST(Time, DurationsReadAndWrite) {
  EXPECT_EQ(parse_duration("1h30m"), Milliseconds{90min});
  EXPECT_EQ(parse_duration("250ms"), Milliseconds{250});
  EXPECT_EQ(parse_duration("2w"), Milliseconds{336h});
  EXPECT_EQ(to_string(Milliseconds{90min}), "1h30m");
  EXPECT_EQ(to_string(Milliseconds{0}), "0s");
  for (const char* bad : {"", "5", "h", "-1s", "1x", "99999999999999999999s", "1h "}) {
    EXPECT_EQ(parse_duration(bad), std::nullopt) << bad;
  }
}

}  // namespace
}  // namespace pw
