#include "bus/frame.hpp"

#include <gtest/gtest.h>

namespace pw::bus {
namespace {

TEST(Frame, TheLayoutIsThatOfThePage) {
  Header header;
  header.kind = 'A';
  header.log_id.bytes.fill(0x11);
  header.seq = 0x0102030405060708;
  header.cseq = 2;
  header.time_ms = 3;
  header.id.bytes.fill(0x22);
  header.flags = kStopping;
  const std::string bytes = encode(header);
  ASSERT_EQ(bytes.size(), kHeaderSize);
  EXPECT_EQ(bytes.substr(0, 4), std::string("PW\x01"
                                            "A"));
  EXPECT_EQ(bytes.substr(4, 16), std::string(16, '\x11'));
  EXPECT_EQ(bytes.substr(20, 8), std::string("\x01\x02\x03\x04\x05\x06\x07\x08"));
  EXPECT_EQ(bytes[35], '\x02');
  EXPECT_EQ(bytes[43], '\x03');
  EXPECT_EQ(bytes.substr(44, 16), std::string(16, '\x22'));
  EXPECT_EQ(bytes[63], '\x01');
  EXPECT_EQ(decode(bytes), header);
}

TEST(Frame, OtherBytesAreNotAHeader) {
  EXPECT_FALSE(decode(""));
  EXPECT_FALSE(decode(std::string(63, 'P')));
  EXPECT_FALSE(decode(std::string(64, 'x')));
}

TEST(Frame, TopicsNameChannelAndSourceAndAreCapped) {
  StoredAlert alert;
  alert.channel = "iran";
  alert.source = "jns";
  EXPECT_EQ(topic_of(alert), "A/iran/jns");
  alert.source.assign(500, 'x');
  EXPECT_EQ(topic_of(alert).size(), 200U);
}

}  // namespace
}  // namespace pw::bus
