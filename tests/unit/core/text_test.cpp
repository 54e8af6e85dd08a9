#include "core/text.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string_view>

namespace pw {
namespace {

TEST(Text, NextCodePointReadsEveryLength) {
  const std::string_view text = "a\u00e9\u20ac\U0001F600";
  std::size_t pos = 0;
  EXPECT_EQ(next_code_point(text, pos), U'a');
  EXPECT_EQ(next_code_point(text, pos), U'\u00e9');
  EXPECT_EQ(next_code_point(text, pos), U'\u20ac');
  EXPECT_EQ(next_code_point(text, pos), U'\U0001F600');
  EXPECT_EQ(pos, text.size());
}

TEST(Text, MalformedBytesBecomeReplacementByMaximalSubpart) {
  EXPECT_EQ(to_valid_utf8("a\xF0\x9F\x98z"), "a\uFFFDz");
  EXPECT_EQ(to_valid_utf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(to_valid_utf8("\xC0\x80"), "\uFFFD\uFFFD");
  EXPECT_FALSE(is_valid_utf8("\xFF"));
  EXPECT_TRUE(is_valid_utf8("\uFFFD"));
}

TEST(Text, PrintableShowsControlsAndBidiAsEscapes) {
  EXPECT_EQ(printable("a\x1b[31mb\n\u202e\u0085"), "a\\x1b[31mb\\n\\u202e\\x85");
  EXPECT_EQ(printable("Баку", 5), "Ба…");
  EXPECT_EQ(printable("\xff"), "\\xff");
}

TEST(Text, WhatATerminalDoesNotShowIsEscaped) {
  EXPECT_EQ(printable("a\u200bb"), "a\\u200bb") << "a zero-width space";
  EXPECT_EQ(printable("a\u2066b\u2069"), "a\\u2066b\\u2069");
  EXPECT_EQ(printable("a\u061cb\u2060\ufeff"), "a\\u061cb\\u2060\\ufeff");
  EXPECT_EQ(printable("a\U000e0041\U000e007f"), "a\\ue0041\\ue007f") << "tags that spell A";
  EXPECT_EQ(printable("می\u200cخواهم \u0915\u094d\u200d"), "می\u200cخواهم \u0915\u094d\u200d")
      << "joiners are spelling";
}

TEST(Text, CodePointsAreCounted) {
  EXPECT_EQ(code_points("Баку"), 4U);
  EXPECT_EQ(code_points("a\xff"), 2U);
}

TEST(Text, PrefixNeverCutsACodePoint) {
  EXPECT_EQ(utf8_prefix("Баку", 5), "Ба");
  EXPECT_EQ(utf8_prefix("ab", 5), "ab");
}

TEST(Text, NearestNameFindsASlipOnly) {
  const std::array<std::string_view, 3> names{"keywords", "query", "priority"};
  EXPECT_EQ(nearest_name("keyword", names), "keywords");
  EXPECT_EQ(nearest_name("qeury", names), "query");
  EXPECT_EQ(nearest_name("interval", names), "");
}

}  // namespace
}  // namespace pw
