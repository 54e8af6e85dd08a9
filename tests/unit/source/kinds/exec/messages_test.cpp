#include "source/kinds/exec/messages.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::exec {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

constexpr Time kNow = from_ms(1772443800000);

Reply read(std::string_view line) { return read_reply(line, kNow).value(); }
std::string fault(std::string_view line) {
  const auto reply = read_reply(line, kNow);
  return reply ? "" : reply.error().message;
}

TEST(ExecMessages, HelloCarriesTheOptionsByTheirTypes) {
  config::SourceSettings source;
  source.id = "wire-1";
  source.name = "A \"wire\"";
  source.options.set("topic", std::string("Baku"));
  source.options.set("most", std::int64_t{7});
  source.options.set("tags", std::vector<std::string>{"a", "b"});
  const std::array<config::OptionSpec, 4> specs{{{"topic", config::OptionType::text, false, ""},
                                                 {"most", config::OptionType::number, false, ""},
                                                 {"tags", config::OptionType::list, false, ""},
                                                 {"unset", config::OptionType::flag, false, ""}}};
  const std::string line = hello_line({source, specs, 4096});
  ASSERT_EQ(line.find('\n'), line.size() - 1);
  const auto hello = boost::json::parse(line);
  EXPECT_EQ(hello.at("type"), "hello");
  EXPECT_EQ(hello.at("protocols").as_array(), boost::json::array{1});
  EXPECT_EQ(hello.at("source").at("options"), boost::json::parse(R"({"topic":"Baku","most":7,"tags":["a","b"]})"));
  EXPECT_EQ(hello.at("limits").at("answer"), 4096);
}

TEST(ExecMessages, CallsAreOneLineWhateverTheyCarry) {
  const std::string line =
      parse_line(3, {"two\nlines \xFF", "https://x.example/", "text/html", "t", "c\"", kNow}, Milliseconds{250});
  ASSERT_EQ(line.find('\n'), line.size() - 1);
  const auto call = boost::json::parse(line);
  EXPECT_EQ(call.at("body"), "two\nlines \xEF\xBF\xBD");
  EXPECT_EQ(call.at("cursor"), "c\"");
  EXPECT_EQ(call.at("id"), 3);
  EXPECT_EQ(call.at("deadline_ms"), 250);
  EXPECT_EQ(call.at("now"), "2026-03-02T09:30:00Z");
  EXPECT_EQ(boost::json::parse(poll_line(1, {"x", kNow}, Milliseconds{1})).at("cursor"), "x");
  EXPECT_EQ(boost::json::parse(extract_line(1, {"<p>", "u", kNow}, Milliseconds{1})).at("html"), "<p>");
}

TEST(ExecMessages, AResultIsRead) {
  const Reply reply = read(R"({"type":"result","id":2,"unknown":{"a":[]},"cursor":"41","pace":{"at_least_s":600},
      "warnings":["w"],"requests":[{"url":"https://x.example/2","tag":"n","headers":{"Accept":"a/b"}}],
      "items":[{"id":"i1","url":"https://x.example/1","title":"T","text":"A\nB","authors":["Ann"],
                "published":"1 March 2026 10:00","modified":1772443800,"language":"EN","image":"https://x.example/i"},
               {"title":"Only a title","complete":false}]})");
  EXPECT_EQ(reply.kind, Reply::Kind::result);
  EXPECT_EQ(reply.id, 2U);
  const source::Emitted& emitted = reply.emitted;
  EXPECT_EQ(emitted.cursor, "41");
  EXPECT_EQ(emitted.pace.at_least, Milliseconds{600'000});
  ASSERT_THAT(emitted.items, SizeIs(2));
  EXPECT_EQ(emitted.items[0].id, "i1");
  EXPECT_EQ(emitted.items[0].hints.language, "en");
  EXPECT_EQ(to_iso8601(emitted.items[0].hints.published->time), "2026-03-01T10:00:00Z");
  EXPECT_EQ(emitted.items[0].hints.modified->time, kNow);
  EXPECT_TRUE(emitted.items[1].complete) << "there is no page to fetch";
  EXPECT_THAT(emitted.items[1].id, SizeIs(32));
  ASSERT_THAT(emitted.requests, SizeIs(1));
  EXPECT_THAT(emitted.requests[0].headers, ElementsAre(std::pair<std::string, std::string>("Accept", "a/b")));
}

TEST(ExecMessages, ItemsThatCannotBeUsedAreLeftOutAndNamed) {
  const Reply reply =
      read(R"({"type":"emit","id":1,"items":[{},{"url":"file:///etc/passwd"},{"url":"/1"},{"title":"x"}]})");
  EXPECT_THAT(reply.emitted.items, SizeIs(1));
  EXPECT_THAT(reply.emitted.warnings, ElementsAre(HasSubstr("item 1"), HasSubstr("file:///"), HasSubstr("item 3")));
}

TEST(ExecMessages, BreachesAreNamed) {
  EXPECT_THAT(fault("hello"), HasSubstr("malformed line"));
  EXPECT_THAT(fault("[1]"), HasSubstr("not a JSON object"));
  EXPECT_THAT(fault("{}"), HasSubstr("\"id\""));
  EXPECT_THAT(fault("\xFF"), HasSubstr("UTF-8"));
  EXPECT_THAT(fault(R"({"type":"result"})"), HasSubstr("\"id\""));
  EXPECT_THAT(fault(R"({"type":"result","id":-1})"), HasSubstr("\"id\""));
  EXPECT_THAT(fault(R"({"type":"reslut","id":1})"), HasSubstr("reslut"));
  EXPECT_THAT(fault(R"({"type":"result","id":1,"items":{}})"), HasSubstr("\"items\" must be a list"));
  EXPECT_THAT(fault(R"({"type":"result","id":1,"items":["x"]})"), HasSubstr("an item must be an object"));
  EXPECT_THAT(fault(R"({"type":"result","id":1,"items":[{"title":7}]})"), HasSubstr("\"title\" must be a string"));
  EXPECT_THAT(fault(R"({"type":"result","id":1,"requests":[{"url":"ftp://x.example/"}]})"), HasSubstr("ftp://"));
  EXPECT_THAT(fault(R"({"type":"result","id":1,"requests":[{"url":"http://x.example/","headers":{"A":1}}]})"),
              HasSubstr("header"));
  EXPECT_THAT(fault(std::string(kMaxLine + 1, ' ')), HasSubstr("more than"));
  EXPECT_THAT(fault(std::string(40, '[')), HasSubstr("malformed line"));
}

std::string result_with(const std::string& members) { return R"({"type":"result","id":1,)" + members + "}"; }

std::string list_of(std::string_view element, std::size_t count) {
  std::string out = "[";
  for (std::size_t i = 0; i < count; ++i) out.append(i == 0 ? "" : ",").append(element);
  return out + "]";
}

TEST(ExecMessages, OfTooMuchTheRestIsLeftOutOrTheLineRefused) {
  const std::string long_text(source::kMaxText + 9, 'x');
  const Reply cut = read(result_with(R"("items":[{"title":"T","text":")" + long_text + R"("}])"));
  ASSERT_THAT(cut.emitted.items, SizeIs(1));
  EXPECT_THAT(cut.emitted.items[0].hints.text, SizeIs(source::kMaxText));
  EXPECT_TRUE(cut.emitted.items[0].hints.partial);
  EXPECT_THAT(cut.emitted.warnings, ElementsAre(HasSubstr("item 1: its text was truncated")));

  const Reply many = read(result_with(R"("requests":)" + list_of(R"({"url":"http://x.example/"})", 1000)));
  EXPECT_THAT(many.emitted.requests, SizeIs(source::kMaxRequests));
  EXPECT_THAT(many.emitted.warnings, ElementsAre(HasSubstr("the first 100")));
  EXPECT_THAT(read(result_with(R"("warnings":)" + list_of(R"("w")", 1000))).emitted.warnings,
              SizeIs(source::kMaxWarnings + 1));

  EXPECT_THAT(fault(result_with(R"("items":)" + list_of("{}", kMaxItems + 1))), HasSubstr("more than 10000 items"));
  EXPECT_THAT(fault(result_with(R"("cursor":")" + long_text + '"')), HasSubstr("\"cursor\" is longer than"));
  const std::string request = R"("requests":[{"url":"http://x.example/",)";
  EXPECT_THAT(fault(result_with(request + R"("tag":")" + long_text + R"("}])")), HasSubstr("\"tag\" is longer than"));
  EXPECT_THAT(fault(result_with(request + R"("headers":{"A":")" + long_text + R"("}}])")), HasSubstr("header \"A\""));
}

TEST(ExecMessages, TheLastOfTwoMembersOfOneNameCounts) {
  const Reply reply =
      read(R"({"type":"error","id":7,"type":"result","id":1,"items":5,"items":[{"title":"a","title":"b"}]})");
  EXPECT_EQ(reply.kind, Reply::Kind::result);
  ASSERT_THAT(reply.emitted.items, SizeIs(1));
  EXPECT_EQ(reply.emitted.items[0].hints.title, "b");
}

}  // namespace
}  // namespace pw::exec
