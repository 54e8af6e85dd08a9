#include "core/log/format.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace pw::log {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::MatchesRegex;

const Message& row(MessageId id) { return id.row(); }

Record sample() {
  return {&row("page-unreadable"), Level::warn, {"wire", "https://news.example/a"}, "a \"quoted\"\nline"};
}

TEST(LogFormat, APlainLineEndsWithTheId) {
  EXPECT_THAT(plain_line(sample(), from_ms(1'700'000'000'123), false),
              AllOf(HasSubstr(".123 warn  a \"quoted\""), EndsWith("[page-unreadable]\n")));
  const Record bare{nullptr, Level::info, {}, "watching"};
  EXPECT_THAT(plain_line(bare, from_ms(0), false), EndsWith("info  watching\n"));
  EXPECT_THAT(plain_line(bare, from_ms(0), true), HasSubstr("\x1b["));
}

TEST(LogFormat, AJsonLineHasOneLineAndItsMembers) {
  const std::string line = json_line(sample(), from_ms(1'700'000'000'123));
  EXPECT_EQ(line.find('\n'), line.size() - 1);
  const auto object = boost::json::parse(line).as_object();
  EXPECT_EQ(object.at("time"), "2023-11-14T22:13:20.123Z");
  EXPECT_EQ(object.at("level"), "warn");
  EXPECT_EQ(object.at("id"), "page-unreadable");
  EXPECT_EQ(object.at("source"), "wire");
  EXPECT_EQ(object.at("url"), "https://news.example/a");
  EXPECT_EQ(object.at("message"), "a \"quoted\"\nline");
  const auto bare = boost::json::parse(json_line({nullptr, Level::info, {}, "\xff"}, from_ms(0))).as_object();
  EXPECT_FALSE(bare.contains("source"));
  EXPECT_EQ(bare.at("message"), "\xef\xbf\xbd");
}

TEST(LogFormat, APrefixedLineHasTheLevelOfSyslog) {
  EXPECT_EQ(prefixed_line({nullptr, Level::critical, {}, "x"}), "<2>x\n");
  EXPECT_EQ(prefixed_line({nullptr, Level::debug, {}, "x"}), "<7>x\n");
}

TEST(LogFormat, EachMessageHasAUuidOfItsOwn) {
  std::set<std::string> seen;
  for (const Message& one : kMessages) {
    const std::string uuid = message_uuid(one.id);
    EXPECT_THAT(uuid, MatchesRegex("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}"));
    EXPECT_TRUE(seen.insert(uuid).second) << one.id;
  }
}

TEST(LogFormat, AUuidNeverChanges) { EXPECT_EQ(message_uuid("source-failing"), "d0264e907a104987920e968d54757160"); }

}  // namespace
}  // namespace pw::log
