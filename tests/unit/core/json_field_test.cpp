#include "core/json/json_field.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const boost::json::value& sample() {
  static const boost::json::value value = parse_json(
                                              R"({"title":"One","n":7,"ok":true,"none":null,"blank":" ","a/b":"slash",
      "m~n":"tilde","":"empty","by":[{"name":"Ann"},{"name":"Ben"},{}],"deep":{"list":[10,20]}})")
                                              .value();
  return value;
}

std::string text(std::string_view spec) { return JsonField::compile(spec).value().text(sample()); }

TEST(JsonField, PointersFollowRfc6901) {
  EXPECT_EQ(text("/title"), "One");
  EXPECT_EQ(text("/n"), "7");
  EXPECT_EQ(text("/ok"), "true");
  EXPECT_EQ(text("/a~1b"), "slash");
  EXPECT_EQ(text("/m~0n"), "tilde");
  EXPECT_EQ(text("/"), "empty");
  EXPECT_EQ(text("/deep/list/1"), "20");
  EXPECT_EQ(text("/deep/list/01"), "") << "an index has no leading zero";
  EXPECT_EQ(text("/deep/list/-"), "");
  EXPECT_EQ(text("/nothing/here"), "");
}

TEST(JsonField, NullBlankAndContainersAreNoValues) {
  EXPECT_EQ(text("/none"), "");
  EXPECT_EQ(text("/blank"), "");
  EXPECT_EQ(text("/by"), "");
  EXPECT_EQ(text("/none | /blank | /title"), "One");
}

TEST(JsonField, AStarMeansEveryMember) {
  EXPECT_THAT(JsonField::compile("/by/*/name").value().values(sample()), ElementsAre("Ann", "Ben"));
  EXPECT_EQ(JsonPath::compile("/deep/*/*").value().select(sample()).size(), 2U);
}

TEST(JsonField, ATextWithPointersNeedsAllOfThem) {
  EXPECT_EQ(text("https://x.example/{/n}/{/title}.html"), "https://x.example/7/One.html");
  EXPECT_EQ(text("https://x.example/{/missing} | https://x.example/{/n}"), "https://x.example/7");
  EXPECT_EQ(text("en"), "en");
  EXPECT_TRUE(JsonField::compile("").value().empty());
}

TEST(JsonField, MistakesAreNamed) {
  EXPECT_THAT(JsonField::compile("/a~2").error().message, HasSubstr("tilde"));
  EXPECT_THAT(JsonField::compile("x{/a").error().message, HasSubstr("missing closing brace"));
  EXPECT_THAT(JsonField::compile("x{a}").error().message, HasSubstr("must begin with"));
  EXPECT_THAT(JsonPath::compile("title").error().message, HasSubstr("not a JSON pointer"));
}

TEST(ParseJson, SaysWhereItBreaks) {
  EXPECT_TRUE(parse_json("\xEF\xBB\xBF{\"a\":1} \n"));
  EXPECT_TRUE(parse_json("12"));
  EXPECT_THAT(parse_json("<html>").error().message, HasSubstr("<html>"));
  EXPECT_THAT(parse_json("{\"a\":1} x").error().message, HasSubstr("byte 8"));
  EXPECT_FALSE(parse_json("{\"a\":"));
  EXPECT_FALSE(parse_json(""));
  EXPECT_FALSE(parse_json(std::string(100, '[') + std::string(100, ']')));
  EXPECT_TRUE(parse_json(std::string(30, '[') + std::string(30, ']')));
}

}  // namespace
}  // namespace pw
