#include "core/local_address.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw {
namespace {

using testing::HasSubstr;

TEST(LocalAddress, PortsOfTheLoopbackInterfaceAndUnixSockets) {
  const auto four = parse_local_address("127.0.0.1:9464");
  ASSERT_TRUE(four);
  EXPECT_EQ(four->host, "127.0.0.1");
  EXPECT_EQ(four->port, 9464);
  EXPECT_EQ(four->path, "");
  const auto six = parse_local_address("[::1]:0");
  ASSERT_TRUE(six);
  EXPECT_EQ(six->host, "::1");
  EXPECT_EQ(six->port, 0);
  const auto unix = parse_local_address("unix:/run/presswatch/metrics.sock");
  ASSERT_TRUE(unix);
  EXPECT_EQ(unix->path, "/run/presswatch/metrics.sock");
  EXPECT_TRUE(parse_local_address("127.8.9.10:1"));
}

TEST(LocalAddress, EverythingElseIsRefused) {
  for (const char* text : {"",
                           ":",
                           "9464",
                           ":9464",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:x",
                           "127.0.0.1:65536",
                           "127.0.0.1:-1",
                           "127.0.0.1:1 ",
                           "0.0.0.0:9464",
                           "10.0.0.1:9464",
                           "192.0.2.1:1",
                           "[::]:1",
                           "[2001:db8::1]:1",
                           "::1:9464",
                           "[127.0.0.1]:1",
                           "localhost:9464",
                           "127.1:9464",
                           "unix:",
                           "unix:metrics.sock",
                           "unix:/run/",
                           "http://127.0.0.1:1"}) {
    const auto parsed = parse_local_address(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_THAT(parsed.error().message, HasSubstr("unix:/PATH"));
  }
}

}  // namespace
}  // namespace pw
