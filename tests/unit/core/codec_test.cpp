#include "core/codec/hash.hpp"
#include "core/codec/hex.hpp"
#include "core/codec/percent.hpp"

#include <gtest/gtest.h>

#include <array>
#include <bit>

namespace pw {
namespace {

TEST(Hex, DigitsOfEitherCase) {
  EXPECT_EQ(hex_value('0'), 0);
  EXPECT_EQ(hex_value('9'), 9);
  EXPECT_EQ(hex_value('a'), 10);
  EXPECT_EQ(hex_value('F'), 15);
  for (const char c : {'/', ':', '@', 'G', '`', 'g', ' ', '\0', '\xE1'}) EXPECT_EQ(hex_value(c), -1);
}

TEST(Hex, BytesAreTwoLowerCaseDigits) {
  EXPECT_EQ(to_hex(std::array<std::uint8_t, 3>{0x00, 0x0F, 0xFA}), "000ffa");
  EXPECT_EQ(to_hex(std::span<const std::uint8_t>{}), "");
}

TEST(Percent, AValueOfAUrl) {
  EXPECT_EQ(escape_value("a-Z.0_9~ /?&=+*\xC3\xA9%"), "a-Z.0_9~%20%2F%3F%26%3D%2B%2A%C3%A9%25");
}

TEST(Percent, AnEscapeIsAByteOrNothing) {
  EXPECT_EQ(escaped_byte("%41", 0), 'A');
  EXPECT_EQ(escaped_byte("x%fF", 1), '\xFF');
  for (const char* none : {"", "%", "%4", "41%", "%4g", "%g4", "%%41"})
    EXPECT_EQ(escaped_byte(none, 0), std::nullopt) << none;
}

TEST(Hash, IsFnv1aOfItsBytes) {
  EXPECT_EQ(fnv(""), 0xCBF29CE484222325U);
  EXPECT_EQ(fnv("a"), 0xAF63DC4C8601EC8CU);
  EXPECT_EQ(fnv("foobar"), 0x85944171F73967E8U);
  EXPECT_EQ(fnv("bar", fnv("foo")), fnv("foobar"));
}

TEST(Hash, MixSendsNearValuesFarApart) {
  EXPECT_EQ(mix(0), 0U);
  EXPECT_GT(std::popcount(mix(1) ^ mix(2)), 16);
}

}  // namespace
}  // namespace pw
