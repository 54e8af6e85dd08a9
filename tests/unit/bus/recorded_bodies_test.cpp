// Exact bytes of message bodies, since subscribers may have stored, compared or hashed them.
#include "bus/alert_json.hpp"
#include "bus/health_json.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <utility>

namespace pw::bus {
namespace {

StatedDate at(std::int64_t ms) { return {from_ms(ms), true, ""}; }

std::string sent(const AlertInfo& info) { return complete_body(open_body(info), from_ms(5000), from_ms(6000)); }

TEST(RecordedBodies, EveryField) {
  AlertInfo info;
  info.watchlist = {"iran", "Iran & neighbours", "high", "east", "Desk", "desk@example.org"};
  info.source = {"jns", "JNS", {"wire", "en"}};
  info.item_id = "urn:1";
  info.revision = 3;
  info.story = "00ff";
  info.article.url = "https://news.example/1?a=1&b=2";
  info.article.canonical_url = "https://news.example/1";
  info.article.title = "Iran today";
  info.article.text = "First.\nSecond about Iran.";
  info.article.authors = {"A. Writer", "B. Writer"};
  info.article.published = at(1000);
  info.article.modified = at(1500);
  info.article.language = "en";
  info.article.site = "News";
  info.article.section = "World";
  info.article.image = "https://news.example/1.jpg";
  info.article.method = "article";
  info.article.partial = true;
  info.matches = {{"Iran", "title", 0, 4, "Iran", ""}, {"Persia", "text", 20, 24, "Iran", "Iran"}};
  info.sentence = "Second about Iran.";
  info.score = 2.5;
  info.mentions = 2;
  info.quiet = true;
  info.deferred_since = from_ms(1600);
  info.latency = {from_ms(2000), from_ms(3000), from_ms(4000)};
  EXPECT_EQ(
      sent(info),
      R"({"watchlist":{"id":"iran","title":"Iran & neighbours","priority":"high","group":"east","owner":{"name":"Desk","contact":"desk@example.org"}})"
      R"(,"source":{"id":"jns","name":"JNS","tags":["wire","en"]})"
      R"(,"itemId":"urn:1","revision":3,"storyId":"00ff")"
      R"(,"article":{"url":"https://news.example/1?a=1&b=2")"
      R"(,"canonicalUrl":"https://news.example/1","title":"Iran today")"
      R"(,"text":"First.\nSecond about Iran.","authors":["A. Writer","B. Writer"],"publishedMs":"1000","modifiedMs":"1500")"
      R"(,"language":"en","site":"News","section":"World")"
      R"(,"image":"https://news.example/1.jpg","partial":true})"
      R"(,"matches":[{"term":"Iran","field":"title","end":4,"matched":"Iran"},{"term":"Persia","field":"text","begin":20,"end":24,"matched":"Iran")"
      R"(,"aliasOf":"Iran"}])"
      R"(,"sentence":"Second about Iran.","score":2.5,"mentions":2,"quiet":true,"deferredSinceMs":"1600")"
      R"(,"latency":{"publishedMs":"1000","seenMs":"2000","fetchedMs":"3000","matchedMs":"4000","committedMs":"5000","sentMs":"6000"}})");
}

TEST(RecordedBodies, FieldsWithoutAValueAreLeftOut) {
  AlertInfo info;
  info.watchlist.owner = "Desk";
  info.source.tags = {""};
  info.revision = 0;
  info.article.authors = {""};
  info.matches = {{}};
  info.latency.matched = from_ms(4000);
  EXPECT_EQ(sent(info), R"({"watchlist":{"owner":{"name":"Desk"}},"source":{"tags":[""]},"article":{"authors":[""]})"
                        R"(,"matches":[{}],"latency":{"matchedMs":"4000","committedMs":"5000","sentMs":"6000"}})");
}

TEST(RecordedBodies, WritingSystems) {
  AlertInfo info;
  info.watchlist = {"world", "Мир", "low"};
  info.source = {"s", "Ənənə", {}};
  info.article.title = "İran, იალბუზი, Հայաստան 🌍";
  info.article.text = "伊朗今天\n이란 오늘\nایران امروز\nאיראן היום\nอิหร่าน\nईरान";
  info.matches = {{"伊朗", "text", 0, 6, "伊朗", ""}};
  info.latency.matched = from_ms(4000);
  EXPECT_EQ(sent(info),
            R"({"watchlist":{"id":"world","title":"Мир","priority":"low"})"
            R"(,"source":{"id":"s","name":"Ənənə"},"revision":1,"article":{"title":"İran, იალბუზი, Հայաստան 🌍")"
            R"(,"text":"伊朗今天\n이란 오늘\nایران امروز\nאיראן היום\nอิหร่าน\nईरान"})"
            R"(,"matches":[{"term":"伊朗","field":"text","end":6,"matched":"伊朗"}])"
            R"(,"latency":{"matchedMs":"4000","committedMs":"5000","sentMs":"6000"}})");
}

TEST(RecordedBodies, CharactersThatAreEscaped) {
  AlertInfo info;
  info.watchlist = {"w", "w", "low"};
  info.source = {"s", "s", {}};
  for (char c = 1; c < 0x20; ++c) info.article.text += c;
  info.article.text += std::string_view("\0\x7F", 2);
  info.article.title = R"(<a href="/b">'c' \ d</a>)";
  info.article.site = "\u0080\u009F\u00A0|\u00AD|\u0600\u0603\u0604|\u06DD|\u070F|\u17B4\u17B5";
  info.article.section = "\u200A\u200B\u200F\u2010|\u2027\u2028\u2029\u202E\u202F|\u2060\u2064\u2065|\u206A\u206F";
  info.article.image = "\uFEFF|\uFFF8\uFFF9\uFFFB\uFFFC|\U0001D172\U0001D173\U0001D17A\U0001D17B";
  info.sentence = "\U000E0000\U000E0001|\U000E001F\U000E0020\U000E007F\U000E0080|\U0010FFFF";
  info.latency.matched = from_ms(4000);
  EXPECT_EQ(
      sent(info),
      "{\"watchlist\":{\"id\":\"w\",\"title\":\"w\",\"priority\":\"low\"},\"source\":{\"id\":\"s\",\"name\":\"s\"},"
      "\"revision\":1"
      ",\"article\":{\"title\":\"\\u003ca href=\\\"/b\\\"\\u003e'c' \\\\ d\\u003c/a\\u003e\""
      ",\"text\":"
      "\"\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f\\u0010\\u0011\\u0012\\u0"
      "013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c\\u001d\\u001e\\u001f\\u0000\\u007f\""
      ",\"site\":\"\\u0080\\u009f\u00A0|\\u00ad|\\u0600\\u0603\u0604|\\u06dd|\\u070f|\\u17b4\\u17b5\""
      ",\"section\":\"\u200A\\u200b\\u200f\u2010|\u2027\\u2028\\u2029\\u202e\u202F|\\u2060\\u2064\u2065|"
      "\\u206a\\u206f\""
      ",\"image\":\"\\ufeff|\uFFF8\\ufff9\\ufffb\uFFFC|\U0001D172\\ud834\\udd73\\ud834\\udd7a\U0001D17B\"}"
      ",\"sentence\":\"\U000E0000\\udb40\\udc01|\U000E001F\\udb40\\udc20\\udb40\\udc7f\U000E0080|\U0010FFFF\""
      ",\"latency\":{\"matchedMs\":\"4000\",\"committedMs\":\"5000\",\"sentMs\":\"6000\"}}");
}

TEST(RecordedBodies, MalformedText) {
  AlertInfo info;
  info.watchlist = {"w", "\xFF", "low"};
  info.source = {"s", "a\xC3", {"\x80tag"}};
  info.article.title = "\xC0\xAF overlong \xED\xA0\x80 surrogate \xF4\x90\x80\x80 too large";
  info.article.text = "cut \xE2\x82, \xF0\x9F\x8C, end \xE2";
  info.latency.matched = from_ms(4000);
  EXPECT_EQ(sent(info), R"({"watchlist":{"id":"w","title":"�","priority":"low"})"
                        R"(,"source":{"id":"s","name":"a�","tags":["�tag"]},"revision":1)"
                        R"(,"article":{"title":"�� overlong ��� surrogate ���� too large","text":"cut �, �, end �"})"
                        R"(,"latency":{"matchedMs":"4000","committedMs":"5000","sentMs":"6000"}})");
}

TEST(RecordedBodies, Numbers) {
  AlertInfo info;
  info.watchlist = {"w", "w", "low"};
  info.source = {"s", "s", {}};
  info.revision = std::numeric_limits<unsigned>::max();
  info.article.published = at(-1);
  info.article.modified = at(std::numeric_limits<std::int64_t>::min());
  info.mentions = 4'294'967'295U;
  info.matches = {{"t", "text", 0, 0, "t", ""}};
  info.deferred_since = from_ms(9'007'199'254'740'993);
  info.latency = {from_ms(1), from_ms(-2), from_ms(std::numeric_limits<std::int64_t>::max())};
  EXPECT_EQ(
      sent(info),
      R"({"watchlist":{"id":"w","title":"w","priority":"low"})"
      R"(,"source":{"id":"s","name":"s"},"revision":4294967295)"
      R"(,"article":{"publishedMs":"-1","modifiedMs":"-9223372036854775808"})"
      R"(,"matches":[{"term":"t","field":"text","matched":"t"}],"mentions":4294967295,"deferredSinceMs":"9007199254740993")"
      R"(,"latency":{"publishedMs":"-1","seenMs":"1","fetchedMs":"-2","matchedMs":"9223372036854775807","committedMs":"5000","sentMs":"6000"}})");
}

TEST(RecordedBodies, Scores) {
  AlertInfo info;
  const auto score = [&](double value) {
    info.score = value;
    const std::string body = open_body(info);
    const std::size_t begin = body.find(",\"score\":");
    return begin == std::string::npos ? "" : body.substr(begin + 9, body.find(',', begin + 1) - begin - 9);
  };
  for (const auto& [value, expected] :
       std::initializer_list<std::pair<double, std::string>>{{0.0, ""},
                                                             {1.0, "1"},
                                                             {0.1 + 0.2, "0.30000000000000004"},
                                                             {0.1 + 0.7, "0.79999999999999993"},
                                                             {1.0 / 3, "0.33333333333333331"},
                                                             {123456.789, "123456.789"},
                                                             {1e-7, "1e-07"},
                                                             {1e15, "1e+15"},
                                                             {1e20, "1e+20"}}) {
    EXPECT_EQ(score(value), expected);
  }
}

TEST(RecordedBodies, Health) {
  HealthInfo info;
  info.source = {"jns", "JNS \"wire\"", {"wire"}};
  info.state = "failing";
  info.previous = "ok";
  info.reason = "HTTP 500: <b>\xE2\x80\xAE</b>\n\xFF";
  info.at = from_ms(1);
  info.since = from_ms(2);
  info.last_ok = from_ms(3);
  info.next_due = from_ms(4);
  info.failures = 5;
  info.polls = 18'446'744'073'709'551'615U;
  info.failed = 6;
  info.items = 7;
  EXPECT_EQ(health_json(info),
            R"({"source":{"id":"jns","name":"JNS \"wire\"","tags":["wire"]},"state":"failing","previous":"ok")"
            R"(,"reason":"HTTP 500: \u003cb\u003e\u202e\u003c/b\u003e\n�")"
            R"(,"atMs":"1","sinceMs":"2","lastOkMs":"3","nextDueMs":"4")"
            R"(,"failures":5,"polls":"18446744073709551615","failed":"6","items":"7"})");
  EXPECT_EQ(health_json({}), R"({"source":{}})");
}

}  // namespace
}  // namespace pw::bus
