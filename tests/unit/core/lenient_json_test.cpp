#include "core/json/lenient_json.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <string>

namespace pw {
namespace {

/// The values in `text`, written compactly.
std::string read(std::string_view text) { return boost::json::serialize(parse_lenient_json(text)); }

bool is_damaged(std::string_view text) {
  bool damaged = false;
  (void)parse_lenient_json(text, &damaged);
  return damaged;
}

TEST(LenientJson, SoundTextIsReadAsItIs) {
  EXPECT_EQ(read(R"({"a": [1, 2.5, true, null, "x"], })"), R"([{"a":[1,2.5E0,true,null,"x"]}])");
  EXPECT_FALSE(is_damaged(R"({"a": 1 /* one */})"));
  EXPECT_TRUE(is_damaged(R"({"a": 1)"));
  EXPECT_EQ(read(""), "[]");
  EXPECT_EQ(read("no value"), "[]");
}

TEST(LenientJson, BracketsTooFewOrTooMany) {
  EXPECT_EQ(read(R"({"a": {"b": [1, 2)"), R"([{"a":{"b":[1,2]}}])");
  EXPECT_EQ(read(R"({"a": 1}}]})"), R"([{"a":1}])");
  EXPECT_EQ(read(R"([{"a": 1, {"b": 2}])"), R"([[{"a":1,"":{"b":2}}]])");
  EXPECT_EQ(read(R"({"a": {"b": 1]}, "c": 2})"), R"([{"a":{"b":1},"c":2}])");
  EXPECT_EQ(read(R"({"list": [1, 2}, "c": 3)"), R"([{"list":[1,2],"c":3}])");
}

TEST(LenientJson, SeveralValuesInARow) {
  EXPECT_EQ(read(R"({"a":1} {"b":2})"), R"([{"a":1},{"b":2}])");
  EXPECT_EQ(read(R"({"a":1},{"b":2};)"), R"([{"a":1},{"b":2}])");
}

TEST(LenientJson, CommasTooFewOrTooMany) {
  EXPECT_EQ(read(R"({"a":1,,"b":2 "c":"x" "d":[1 2 "y" "z"],})"), R"([{"a":1,"b":2,"c":"x","d":[1,2,"y","z"]}])");
}

TEST(LenientJson, AMemberWithoutAValueIsNull) {
  EXPECT_EQ(read(R"({"a":, "b":undefined, "c":NaN, "d":-Infinity, "e":"x", "f"})"),
            R"([{"a":null,"b":null,"c":null,"d":null,"e":"x","f":null}])");
}

TEST(LenientJson, QuotesThatWereNotEscaped) {
  EXPECT_EQ(read(R"({"a":"the "big" one","b":"x"})"), R"([{"a":"the \"big\" one","b":"x"}])");
  EXPECT_EQ(read(R"({"a":"he said "no", and left","b":"x"})"), R"([{"a":"he said \"no\", and left","b":"x"}])");
  EXPECT_EQ(read(R"({"html":"<a href="x" class="y">z</a> ","b":1})"),
            R"([{"html":"<a href=\"x\" class=\"y\">z</a> ","b":1}])");
}

TEST(LenientJson, QuotesThatWereEscapedThroughout) {
  EXPECT_EQ(read("{&quot;a&quot;:&quot;x&quot;,&quot;b&quot;:[1]}"), R"([{"a":"x","b":[1]}])");
  EXPECT_EQ(read(R"({\"a\":\"x\"})"), R"([{"a":"x"}])");
}

TEST(LenientJson, StringsInSingleQuotesAndNamesWithoutQuotes) {
  EXPECT_EQ(read(R"({'a':'it's "so"', b : 'x', $c: 1})"), R"([{"a":"it's \"so\"","b":"x","$c":1}])");
}

TEST(LenientJson, EscapesThatJsonDoesNotHave) {
  EXPECT_EQ(read(R"({"a":"It\'s \x41 \q \u12"})"), R"([{"a":"It's A q u12"}])");
  EXPECT_EQ(read(R"({"a":"\ud83d x \ude00 y \ud83d\ude00 \ud83d\u0041"})"),
            "[{\"a\":\"\uFFFD x \uFFFD y 😀 \uFFFDA\"}]");
}

TEST(LenientJson, RawLineBreaksAndControls) {
  EXPECT_EQ(read("{\"a\":\"one\ntwo\tthree\x01\",\"b\":1}"), R"([{"a":"one\ntwo three ","b":1}])");
}

TEST(LenientJson, NumbersInOtherForms) {
  EXPECT_EQ(read(R"([+1, .5, 5., 007, 1e999, 1x, -])"), R"([[1,5E-1,5,7,null,null,null]])");
}

TEST(LenientJson, MarksAndCommentsAround) {
  EXPECT_EQ(read("//<![CDATA[\n{\"a\":1, // one\n\"b\":2,}\n//]]>"), R"([{"a":1,"b":2}])");
  EXPECT_EQ(read("<!-- {\"a\":1, \"b\" 2} -->"), R"([{"a":1,"b":2}])");
  EXPECT_EQ(read("var data = {\"a\":1,};"), R"([{"a":1}])");
}

TEST(LenientJson, WhatIsTooDeepBecomesNull) {
  EXPECT_EQ(repair_json(R"({"a":[[1],[2]],"b":3)", 2), R"([{"a":[null,null],"b":3}])");
  std::string deep = R"({"a":)" + std::string(100'000, '[') + std::string(100'000, ']') + R"(,"b":"kept"})";
  EXPECT_EQ(parse_lenient_json(deep).at(0).at("b").as_string(), "kept");
}

}  // namespace
}  // namespace pw
