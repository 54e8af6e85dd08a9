#include "bus/alert_json.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace pw::bus {
namespace {

namespace json = boost::json;

AlertInfo sample() {
  AlertInfo info;
  info.watchlist = {"iran", "Iran", "high"};
  info.source = {"jns", "JNS", {"wire"}};
  info.item_id = "1";
  info.story = "ab";
  info.article.url = "https://news.example/1";
  info.article.title = "Iran \"today\"";
  info.article.text = "First.\nSecond about Iran.";
  info.article.published = StatedDate{from_ms(1000), true, ""};
  info.matches = {{"Iran", "text", 20, 24, "Iran", ""}};
  info.latency = {from_ms(2000), from_ms(3000), from_ms(4000)};
  return info;
}

std::string sent(const AlertInfo& info) { return complete_body(open_body(info), from_ms(5000), from_ms(6000)); }

TEST(AlertJson, IsTheProto3Mapping) {
  const json::object out = json::parse(sent(sample())).as_object();
  EXPECT_EQ(out.at("article").at("title"), "Iran \"today\"");
  EXPECT_EQ(out.at("matches").at(0).at("begin"), 20);
  EXPECT_EQ(out.at("latency").at("seenMs"), "2000");
}

TEST(AlertJson, SaysWhoAnswersAndWhetherToCall) {
  AlertInfo info = sample();
  EXPECT_FALSE(json::parse(sent(info)).at("watchlist").as_object().contains("owner"));
  info.watchlist.group = "east";
  info.watchlist.contact = "desk@example.org";
  info.mentions = 3;
  info.quiet = true;
  info.deferred_since = from_ms(1500);
  const json::object out = json::parse(sent(info)).as_object();
  EXPECT_EQ(out.at("watchlist").at("group"), "east");
  EXPECT_EQ(out.at("watchlist").at("owner").at("contact"), "desk@example.org");
  EXPECT_EQ(out.at("mentions"), 3);
  EXPECT_EQ(out.at("quiet"), true);
  EXPECT_EQ(out.at("deferredSinceMs"), "1500");
}

TEST(AlertJson, TheSenderCompletesTheBudget) {
  const json::object out = json::parse(sent(sample())).as_object();
  EXPECT_EQ(out.at("latency").at("committedMs"), "5000");
  EXPECT_EQ(out.at("latency").at("sentMs"), "6000");
  EXPECT_EQ(out.at("latency").at("publishedMs"), "1000");
}

TEST(AlertJson, TheSenderCompletesABodyWithoutTimes) {
  EXPECT_EQ(sent({}), R"({"watchlist":{},"source":{},"revision":1,"article":{},)"
                      R"("latency":{"committedMs":"5000","sentMs":"6000"}})");
}

TEST(AlertJson, TheSenderCompletesABodyThatAnEarlierVersionStored) {
  const std::string closed = R"({"article":{"title":"\"}}"},"latency":{"publishedMs":"1000","matchedMs":"4000"}})";
  EXPECT_EQ(complete_body(closed, from_ms(5000), from_ms(6000)),
            R"({"article":{"title":"\"}}"},"latency":{"publishedMs":"1000","matchedMs":"4000",)"
            R"("committedMs":"5000","sentMs":"6000"}})");
  EXPECT_EQ(complete_body(R"({"latency":{}})", from_ms(5000), from_ms(6000)),
            R"({"latency":{"committedMs":"5000","sentMs":"6000"}})");
}

TEST(AlertJson, AnOpenBodyIsNeverTakenForOneOfAnEarlierVersion) {
  EXPECT_FALSE(open_body(sample()).ends_with('}'));
  EXPECT_FALSE(open_body({}).ends_with('}'));
}

TEST(AlertJson, ALongTextIsShortenedToTheCapWithItsMatches) {
  AlertInfo info = sample();
  info.article.text.assign(300'000, '"');  // each becomes two bytes of JSON
  info.matches.push_back({"Iran", "text", 299'000, 299'004, "Iran", ""});
  const std::string body = sent(info);
  EXPECT_LE(body.size(), kMaxBody);
  const json::object out = json::parse(body).as_object();
  EXPECT_EQ(out.at("article").at("textCut"), true);
  EXPECT_EQ(out.at("matches").as_array().size(), 1U);
}

TEST(AlertJson, MatchesBehindTheCutOfATitleAreLeftOut) {
  AlertInfo info = sample();
  info.article.title = std::string(1015, 'x') + " Iran " + "\u018Fliyev " + "Baku";
  const std::size_t schwa = info.article.title.find("\u018F");
  ASSERT_EQ(schwa, 1021U);
  info.article.title.insert(schwa, "xx");  // the truncation point now falls inside the letter
  info.matches = {{"Iran", "title", 1016, 1020, "Iran", ""},       {"xx", "title", 1021, 1023, "xx", ""},
                  {"x\u018F", "title", 1022, 1025, "x\u018F", ""}, {"Aliyev", "title", 1023, 1030, "\u018Fliyev", ""},
                  {"Baku", "title", 1031, 1035, "Baku", ""},       {"Iran", "text", 20, 24, "Iran", ""}};
  const json::object out = json::parse(sent(info)).as_object();
  const std::string sent(out.at("article").at("title").as_string());
  EXPECT_EQ(sent, info.article.title.substr(0, 1023)) << "cut before the letter, not in it";
  const json::array& matches = out.at("matches").as_array();
  ASSERT_EQ(matches.size(), 3U);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto begin = matches[i].at("begin").to_number<std::size_t>();
    const auto end = matches[i].at("end").to_number<std::size_t>();
    EXPECT_EQ(sent.substr(begin, end - begin), matches[i].at("matched").as_string());
  }
  EXPECT_EQ(matches[2].at("field"), "text");
}

TEST(AlertJson, ManyLongMatchesAreFewerBeforeTheBodyIsTooLarge) {
  AlertInfo info = sample();
  const std::string longest(200, '"');
  info.matches.assign(100, {longest, "title", 0, 4, longest, longest});
  const std::string body = sent(info);
  EXPECT_LE(body.size(), kMaxBody);
  const json::object out = json::parse(body).as_object();
  EXPECT_GE(out.at("matches").as_array().size(), 20U);
}

TEST(AlertJson, MalformedTextBecomesValidUtf8) {
  AlertInfo info = sample();
  info.article.title = "a\xff";
  EXPECT_EQ(json::parse(sent(info)).at("article").at("title"), "a\uFFFD");
}

}  // namespace
}  // namespace pw::bus
