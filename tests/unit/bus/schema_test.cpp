// The schemas in proto/, from which clients generate code, must list exactly the keys of the bodies.
#include "bus/alert_json.hpp"
#include "bus/health_json.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <regex>
#include <set>

namespace pw::bus {
namespace {

namespace json = boost::json;

using Names = std::set<std::string>;

/// The fields of a message by their JSON names.
Names fields_of(const std::string& message, const std::string& file) {
  std::ifstream in("proto/presswatch/v1/" + file);
  const std::string text(std::istreambuf_iterator<char>(in), {});
  const std::size_t begin = text.find("\nmessage " + message + " {");
  const std::string fields = text.substr(begin, text.find("\n}", begin) - begin);
  Names out;
  const std::regex field(R"(\n  (?:repeated )?\w+ (\w+) = \d+;)");
  for (std::sregex_iterator one(fields.begin(), fields.end(), field), end; one != end; ++one) {
    std::string name;
    for (const char c : (*one)[1].str()) {
      const bool after_mark = name.ends_with('_');
      if (after_mark) name.pop_back();
      name += after_mark ? static_cast<char>(c - 'a' + 'A') : c;
    }
    out.insert(name);
  }
  return out;
}

Names keys_of(const json::value& object) {
  Names out;
  for (const auto& member : object.as_object()) out.emplace(member.key());
  return out;
}

TEST(Schema, NamesTheKeysOfAnAlert) {
  AlertInfo info;
  info.watchlist = {"a", "b", "c", "d", "e", "f"};
  info.source = {"a", "b", {"c"}};
  info.item_id = info.story = info.sentence = "x";
  Article& article = info.article;
  article.url = article.canonical_url = article.title = article.language = article.site = article.section =
      article.image = article.partial_reason = "x";
  article.text.assign(2 * kMaxBody, 'x');
  article.authors = {"x"};
  article.published = article.modified = StatedDate{from_ms(1), true, ""};
  article.partial = info.quiet = true;
  info.matches = {{"a", "title", 1, 1, "b", "c"}};
  info.score = 1;
  info.mentions = 1;
  info.deferred_since = from_ms(1);
  info.latency = {from_ms(1), from_ms(1), from_ms(1)};
  const json::value body = json::parse(complete_body(open_body(info), from_ms(1), from_ms(1)));
  EXPECT_EQ(keys_of(body), fields_of("Alert", "alert.proto"));
  EXPECT_EQ(keys_of(body.at("watchlist")), fields_of("Watchlist", "alert.proto"));
  EXPECT_EQ(keys_of(body.at("watchlist").at("owner")), fields_of("Owner", "alert.proto"));
  EXPECT_EQ(keys_of(body.at("source")), fields_of("Source", "alert.proto"));
  EXPECT_EQ(keys_of(body.at("article")), fields_of("Article", "article.proto"));
  EXPECT_EQ(keys_of(body.at("matches").at(0)), fields_of("TermMatch", "alert.proto"));
  EXPECT_EQ(keys_of(body.at("latency")), fields_of("Latency", "alert.proto"));
}

TEST(Schema, NamesTheKeysOfAHealthEvent) {
  HealthInfo info;
  info.source = {"a", "b", {"c"}};
  info.state = info.previous = info.reason = "x";
  info.at = info.since = info.last_ok = info.next_due = from_ms(1);
  info.failures = 1;
  info.polls = info.failed = info.items = 1;
  const json::value body = json::parse(health_json(info));
  EXPECT_EQ(keys_of(body), fields_of("Health", "health.proto"));
}

}  // namespace
}  // namespace pw::bus
