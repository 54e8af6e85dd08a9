#include "builtin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace pw::plugins {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr Time kNow = from_ms(1772443800000);  // 2026-03-02T09:30:00Z
constexpr std::string_view kApi = "https://api.example/v1/search";

std::unique_ptr<source::Source> make(const std::map<std::string, config::OptionValue>& given) {
  config::SourceSettings settings;
  settings.id = "test";
  settings.plugin = "json";
  settings.options.set("url", std::string(kApi));
  for (const auto& [name, value] : given) settings.options.set(name, value);
  return std::ranges::find(builtin(), "json", &source::Plugin::name)->make(settings);
}

Result<source::Emitted> answer(source::Source& source, std::string_view body, std::string_view tag = "0 0",
                               std::string_view cursor = "") {
  return source.parse({body, kApi, "application/json", tag, cursor, kNow});
}

const std::map<std::string, config::OptionValue> kFields{{"items", "/articles"}, {"link", "/url"}, {"title", "/t"},
                                                         {"text", "/s"},         {"date", "/d"},   {"author", "/by/*"}};

std::map<std::string, config::OptionValue> with(std::map<std::string, config::OptionValue> more) {
  more.insert(kFields.begin(), kFields.end());
  return more;
}

constexpr std::string_view kTwo =
    R"({"articles":[{"url":"/a/1?utm_source=x","t":"A &amp; B","s":"<p>One</p><p>Two</p>","d":"20260302T080000Z",
        "by":["Ann","Ben"]},{"url":"https://other.example/2","t":"C","d":1772430000}],"next":"p2"})";

TEST(Json, ItemsAreReadByTheirPointers) {
  const auto emitted = answer(*make(kFields), kTwo);
  ASSERT_TRUE(emitted) << emitted.error().message;
  ASSERT_EQ(emitted->items.size(), 2U);
  const source::Item& first = emitted->items[0];
  EXPECT_EQ(first.hints.url, "https://api.example/a/1?utm_source=x");
  EXPECT_EQ(first.id, "https://api.example/a/1");
  EXPECT_EQ(first.hints.title, "A & B");
  EXPECT_EQ(first.hints.text, "One\nTwo");
  EXPECT_THAT(first.hints.authors, ElementsAre("Ann", "Ben"));
  ASSERT_TRUE(first.hints.published);
  EXPECT_EQ(to_iso8601(first.hints.published->time), "2026-03-02T08:00:00Z");
  EXPECT_EQ(to_iso8601(emitted->items[1].hints.published->time), "2026-03-02T05:40:00Z");
  EXPECT_FALSE(first.complete);
  EXPECT_TRUE(emitted->requests.empty());
}

TEST(Json, APostWithoutTitleGetsTheBeginningOfItsText) {
  const auto source = make({{"items", ""}, {"text", "/content"}, {"link", "/uri"}, {"complete", true}});
  const auto emitted = answer(*source, R"([{"uri":"https://x.example/1","content":"<p>Short news.</p><p>More.</p>"},
      {"content":"no link at all"}])");
  ASSERT_TRUE(emitted) << emitted.error().message;
  EXPECT_EQ(emitted->items[0].hints.title, "Short news.");
  EXPECT_TRUE(emitted->items[0].complete);
  EXPECT_TRUE(emitted->items[1].complete);
  EXPECT_NE(emitted->items[0].id, emitted->items[1].id);
}

TEST(Json, PagesAreReadUntilTheyHoldOnlyKnownItems) {
  const auto source = make(with({{"url", "https://api.example/v1?p={page}"}, {"pages", std::int64_t{3}}}));
  const auto polled = source->poll({"", kNow});
  EXPECT_EQ(polled->requests[0].url, "https://api.example/v1?p=1");
  const auto first = answer(*source, kTwo, polled->requests[0].tag);
  ASSERT_EQ(first->requests.size(), 1U);
  EXPECT_EQ(first->requests[0].url, "https://api.example/v1?p=2");
  const auto last = answer(*source, kTwo, "2 0");
  EXPECT_TRUE(last->requests.empty()) << "three pages were allowed";
  EXPECT_TRUE(answer(*source, R"({"articles":[]})", "0 0")->requests.empty());
  ASSERT_TRUE(first->cursor);
  EXPECT_TRUE(answer(*source, kTwo, "0 0", *first->cursor)->requests.empty()) << "all of it was seen";
}

TEST(Json, TheNextPageMayBeAnAddressOrACursor) {
  const auto token =
      make(with({{"url", "https://api.example/v1?c={cursor}"}, {"next", "/next"}, {"pages", std::int64_t{2}}}));
  EXPECT_EQ(token->poll({"", kNow})->requests[0].url, "https://api.example/v1?c=");
  EXPECT_EQ(answer(*token, R"({"articles":[{"t":"x"}],"next":"a/b=="})")->requests[0].url,
            "https://api.example/v1?c=a%2Fb%3D%3D");
  const auto address = make(with({{"next", "/next"}, {"pages", std::int64_t{2}}}));
  EXPECT_EQ(answer(*address, kTwo)->requests[0].url, "https://api.example/v1/p2");
  EXPECT_TRUE(answer(*address, R"({"articles":[{"t":"x"}],"next":null})")->requests.empty());
}

TEST(Json, SinceIsTheNewestItemSeenLessAnHour) {
  const auto source = make(with({{"url", "https://api.example/v1?since={since}&iso={since_iso}"}}));
  EXPECT_EQ(source->poll({"", kNow})->requests[0].url,
            "https://api.example/v1?since=1772184600&iso=2026-02-27T09%3A30%3A00Z");
  const auto cursor = answer(*source, kTwo)->cursor;
  EXPECT_EQ(source->poll({*cursor, kNow})->requests[0].url,
            "https://api.example/v1?since=1772434800&iso=2026-03-02T07%3A00%3A00Z");
}

TEST(Json, AnAnswerOfAnotherShapeShowsWhatThereIs) {
  const auto source = make(kFields);
  EXPECT_THAT(answer(*source, R"({"error":"quota","code":3})").error().message, HasSubstr("error, code"));
  EXPECT_THAT(answer(*source, R"({"articles":{"a":1}})").error().message, HasSubstr("not a list"));
  EXPECT_THAT(answer(*source, R"({"articles":[{"link":"x","head":"y"}]})").error().message, HasSubstr("link, head"));
  EXPECT_THAT(answer(*source, "<!doctype html>").error().message, HasSubstr("not valid JSON"));
  EXPECT_TRUE(answer(*source, R"({"articles":[]})")) << "an empty list is no failure";
}

TEST(Json, HeadersAreSent) {
  const auto source = make(with({{"headers", std::vector<std::string>{"Accept: application/json"}}}));
  EXPECT_THAT(source->poll({"", kNow})->requests[0].headers,
              ElementsAre(std::pair<std::string, std::string>("Accept", "application/json")));
}

TEST(Json, MistakesInTheOptionsAreNamed) {
  const auto message = [](const std::map<std::string, config::OptionValue>& options) -> std::string {
    try {
      make(options);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_THAT(message({}), HasSubstr("link, title and text"));
  EXPECT_THAT(message(with({{"url", "https://x.example/{pgae}"}})), HasSubstr("{page}"));
  EXPECT_THAT(message(with({{"url", "https://x.example/{offset}"}})), HasSubstr("page_size"));
  EXPECT_THAT(message(with({{"url", "https://x.example/{cursor}"}})), HasSubstr("next"));
  EXPECT_THAT(message(with({{"pages", std::int64_t{2}}})), HasSubstr("{page}"));
  EXPECT_THAT(message(with({{"headers", std::vector<std::string>{"Accept"}}})), HasSubstr("Name: value"));
  EXPECT_THAT(message({{"link", "url"}, {"items", "articles"}}), HasSubstr("items: "));
}

}  // namespace
}  // namespace pw::plugins
