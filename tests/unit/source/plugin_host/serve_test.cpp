#include "source/plugin_host/serve.hpp"

#include "source/kinds/exec/messages.hpp"
#include "source/plugin_host/plugin_lines.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <stdexcept>
#include <utility>

namespace pw::plugin_host {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

constexpr Time kNow = from_ms(1772443800000);

/// Returns its input.
class Echo final : public source::Source {
 public:
  explicit Echo(std::vector<std::string>& stored, config::Options options)
      : stored_(stored), options_(std::move(options)) {}

  Result<source::Emitted> poll(const source::PollInput& input) override {
    if (input.cursor == "bad") return fail(Errc::parse, "layout changed");
    source::Emitted out;
    out.requests.push_back({"https://x.example/", {{"Accept", "text/html"}}, options_.text("topic")});
    out.cursor = std::string(input.cursor) + "+";
    out.pace.at_least = Milliseconds{90'500};
    out.warnings = {to_iso8601(input.now)};
    return out;
  }
  Result<source::Emitted> parse(const source::ParseInput& input) override {
    source::Emitted out;
    for (int i = 0; i < 30; ++i) {
      source::Item item;
      item.id = std::to_string(i);
      item.hints.url = input.url;
      item.hints.title = std::string(input.tag);
      item.hints.text = std::string(100'000, 'x');
      item.hints.published = StatedDate{kNow, false, "", 0};
      item.complete = true;
      out.items.push_back(std::move(item));
    }
    return out;
  }
  Result<std::optional<Article>> extract(const source::PageInput& input) override {
    if (input.html.empty()) return std::optional<Article>{};
    Article out;
    out.title = std::string(input.html);
    out.authors = {"A", "B"};
    out.modified = StatedDate{kNow, true, "yesterday, 9 o'clock", 0};
    return std::optional<Article>{out};
  }
  void stored(std::string_view cursor) override { stored_.emplace_back(cursor); }

 private:
  std::vector<std::string>& stored_;
  config::Options options_;
};

class Serve : public testing::Test {
 protected:
  Serve() {
    package_.version = "1.2";
    package_.options = {{"topic", config::OptionType::text, true, "", nullptr}};
    plugin_.make = [this](const config::SourceSettings& settings) -> std::unique_ptr<source::Source> {
      if (settings.options.text("topic").empty()) throw std::invalid_argument("topic is empty");
      return std::make_unique<Echo>(stored_, settings.options);
    };
  }
  std::string hello(const std::string& topic) {
    config::SourceSettings settings;
    settings.id = "s";
    settings.options.set("topic", topic);
    return exec::hello_line({settings, package_.options, 1000});
  }
  Result<void> run(const std::vector<std::string>& lines) {
    std::deque<std::string> waiting(lines.begin(), lines.end());
    return serve(plugin_, package_,
                 {[&](std::string& line) {
                    if (waiting.empty()) return false;
                    line = waiting.front();
                    while (line.ends_with('\n')) line.pop_back();
                    waiting.pop_front();
                    return true;
                  },
                  [&](const std::string& text) { written_ += text; }});
  }
  /// The output as parsed by presswatch.
  std::vector<exec::Reply> replies() const {
    std::vector<exec::Reply> out;
    for (std::size_t at = 0; at < written_.size();) {
      const std::size_t end = written_.find('\n', at);
      const auto reply = exec::read_reply(std::string_view(written_).substr(at, end - at), kNow);
      if (!reply) throw std::runtime_error(reply.error().message);
      out.push_back(*reply);
      at = end + 1;
    }
    return out;
  }

  source::Package package_;
  source::Plugin plugin_;
  std::vector<std::string> stored_;
  std::string written_;
};

TEST_F(Serve, EveryCallIsAnsweredInTheProtocol) {
  const auto served = run({hello("Baku"), exec::poll_line(1, {"c", kNow}, Milliseconds{100}), exec::ack_line("c+"),
                           exec::poll_line(2, {"bad", kNow}, Milliseconds{100}),
                           exec::extract_line(3, {"<p>", "https://x.example/", kNow}, Milliseconds{100}),
                           exec::extract_line(4, {"", "https://x.example/", kNow}, Milliseconds{100})});
  ASSERT_TRUE(served) << served.error().message;
  const auto all = replies();
  ASSERT_THAT(all, SizeIs(5));
  EXPECT_EQ(all[0].ready.protocol, exec::kProtocol);
  EXPECT_EQ(all[0].ready.version, "1.2");
  EXPECT_EQ(all[1].emitted.requests[0].tag, "Baku");
  EXPECT_EQ(all[1].emitted.requests[0].headers[0].second, "text/html");
  EXPECT_EQ(all[1].emitted.cursor, "c+");
  EXPECT_EQ(all[1].emitted.pace.at_least, Milliseconds{91'000});
  EXPECT_EQ(all[1].emitted.warnings[0], to_iso8601(kNow));
  EXPECT_EQ(all[2].error, "layout changed");
  EXPECT_EQ(all[3].article->title, "<p>");
  EXPECT_THAT(all[3].article->authors, SizeIs(2));
  EXPECT_FALSE(all[4].article);
  EXPECT_THAT(stored_, testing::ElementsAre("c+"));
}

TEST_F(Serve, ManyItemsGoOutInSeveralLines) {
  ASSERT_TRUE(run({hello("x"), exec::parse_line(7, {"", "https://x.example/a", "", "t", "", kNow}, Milliseconds{1})}));
  const auto all = replies();
  ASSERT_THAT(all, SizeIs(4)) << "ready, two of emit, one of result";
  std::vector<source::Item> items;
  for (const auto& reply : all) items.insert(items.end(), reply.emitted.items.begin(), reply.emitted.items.end());
  ASSERT_THAT(items, SizeIs(30));
  EXPECT_EQ(items[29].id, "29");
  EXPECT_TRUE(items[29].complete);
  EXPECT_FALSE(items[29].hints.published->has_time);
}

TEST_F(Serve, WhatBreaksTheProtocolEndsIt) {
  EXPECT_THAT(run({}).error().message, HasSubstr("no input: write hello"));
  EXPECT_THAT(run({"nonsense"}).error().message, HasSubstr("not valid JSON"));
  EXPECT_THAT(run({hello("")}).error().message, HasSubstr("topic is empty"));
  EXPECT_THAT(run({R"({"type":"hello","protocols":[9]})"}).error().message, HasSubstr("protocol 1"));
  EXPECT_THAT(run({hello("x"), hello("x")}).error().message, HasSubstr("only once"));
  EXPECT_THAT(run({hello("x"), R"({"type":"call","id":1,"call":"dance"})"}).error().message, HasSubstr("dance"));
  EXPECT_THAT(run({hello("x"), R"({"type":"call","call":"poll"})"}).error().message, HasSubstr("no id"));
}

}  // namespace
}  // namespace pw::plugin_host
