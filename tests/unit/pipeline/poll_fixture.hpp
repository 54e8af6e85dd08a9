#pragma once
/// Runs polls of one source with an in-memory web and store, and a fake clock.

#include "config/load.hpp"
#include "fakes/fake_clock.hpp"
#include "fakes/fake_web.hpp"
#include "fakes/memory_store.hpp"
#include "fakes/run_until.hpp"
#include "pipeline/poll_cycle.hpp"
#include "pipeline/source_health.hpp"
#include "pipeline/watchlists.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace pw::pipeline {

/// A plugin with scripted calls. By default it requests kFeed and parses answers as lines of "id|url|title|text"; a
/// line "+URL" is a follow-up request.
class ScriptedSource final : public source::Source {
 public:
  struct Script {
    std::function<Result<source::Emitted>(const source::PollInput&)> poll;
    std::function<Result<source::Emitted>(const source::ParseInput&)> parse;
    std::vector<std::string> stored;  ///< cursors
  };

  explicit ScriptedSource(Script& script) : script_(script) {}
  Result<source::Emitted> poll(const source::PollInput& input) override { return script_.poll(input); }
  Result<source::Emitted> parse(const source::ParseInput& input) override { return script_.parse(input); }
  void stored(std::string_view cursor) override { script_.stored.emplace_back(cursor); }

 private:
  Script& script_;
};

class PollTest : public testing::Test {
 protected:
  static constexpr const char* kFeed = "https://paper.example/feed";

  PollTest() {
    config::add_watchlists("[[watchlist]]\nid = \"q\"\nkeywords = [\"Quintara\"]\n", "lists.toml", settings_);
    articles_.use(std::make_shared<MatcherPool>(compile_watchlists(settings_), std::make_shared<match::Frequencies>()),
                  schedule_);
    script_.poll = [](const source::PollInput&) {
      source::Emitted out;
      out.requests.push_back({kFeed, {}, "top"});
      return out;
    };
    script_.parse = [](const source::ParseInput& input) { return read_lines(input); };
    plugin_->name = "scripted";
    plugin_->body = source::Plugin::Body::raw;
    configure("first");
  }
  ~PollTest() override { pool_.join(); }

  static Result<source::Emitted> read_lines(const source::ParseInput& input) {
    source::Emitted out;
    std::string_view rest = input.body;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(line.size() + 1, rest.size()));
      if (line.starts_with('+')) {
        out.requests.push_back({std::string(line.substr(1)), {}, "part"});
        continue;
      }
      std::vector<std::string> fields;
      std::string field;
      for (const char c : std::string(line) + '|') {
        if (c != '|') {
          field += c;
        } else {
          fields.push_back(std::exchange(field, ""));
        }
      }
      fields.resize(4);
      source::Item item;
      item.id = fields[0];
      item.hints.url = fields[1];
      item.hints.title = fields[2];
      item.hints.text = fields[3];
      out.items.push_back(std::move(item));
    }
    return out;
  }

  /// Recreates the source with other options, as a reload does; its saved state is kept.
  void configure(const std::string& options) {
    const store::SourceState state = entry_ ? entry_->state : store::SourceState{};
    entry_ = std::make_unique<SourceEntry>();
    entry_->settings.id = entry_->settings.name = "wire";
    entry_->plugin = plugin_;
    entry_->source = std::make_unique<ScriptedSource>(script_);
    entry_->options = derive_id({options});
    entry_->state = state;
    entry_->state.id = "wire";
  }

  /// One poll and its commit, in the same way as the pipeline.
  const PollResult& poll() {
    cycle_ = std::make_unique<PollCycle>(loop_.get_executor(), deps_, articles_, counters_, PollSettings{schedule_, 1},
                                         *entry_);
    auto task = [](PollTest& test) -> boost::asio::awaitable<void> {
      co_await test.cycle_->run();
      note_poll(*test.entry_, test.cycle_->result(), test.clock_.now());
      co_await test.cycle_->commit_state();
      test.over_ = true;
    };
    over_ = false;
    runtime::spawn(loop_.get_executor(), task(*this), "poll");
    EXPECT_TRUE(test::run_until(loop_, [this] { return over_; })) << "the poll hangs";
    clock_.pass(std::chrono::minutes{10});
    return cycle_->result();
  }

  void feed(const std::string& lines, fetch::Headers headers = {}) {
    web_.on(kFeed, test::web_answer(200, lines, std::move(headers)));
  }
  /// Serves an article page with enough text to be extracted.
  void page(const std::string& url, const std::string& title, const std::string& more = "") {
    web_.on(url, test::web_answer(200, html(title, more), {{"content-type", "text/html; charset=utf-8"}}));
  }
  static std::string html(const std::string& title, const std::string& more = "") {
    std::string text;
    for (int i = 0; i < 4; ++i) {
      text += fmt::format(
          "<p>{} Officials of several towns met in the morning to talk about trade, transport and the price of bread, "
          "and agreed to meet again before the year is over, as paragraph {} says.</p>",
          i == 0 ? title + "." : "", i);
    }
    return fmt::format(
        "<!doctype html><html lang=en><head><title>{0}</title></head><body><article><h1>{0}</h1>{1}"
        "<p>{2}</p></article></body></html>",
        title, text, more);
  }
  static std::string line(const std::string& name, const std::string& title, const std::string& text = "") {
    return fmt::format("{0}|https://paper.example/{0}|{1}|{2}\n", name, title, text);
  }
  [[nodiscard]] std::size_t alerts() const { return store_.alerts().size(); }
  [[nodiscard]] std::string body(std::size_t alert) const { return store_.alerts().at(alert).body; }
  [[nodiscard]] std::size_t visits(const std::string& name) const {
    return web_.count("https://paper.example/" + name);
  }
  [[nodiscard]] const std::string& reason() const { return entry_->state.reason; }

  test::FakeClock clock_;
  boost::asio::io_context loop_;
  runtime::Pool pool_{1, {64, 1U << 20U}};
  test::MemoryStore store_{clock_};
  test::FakeWeb web_{loop_.get_executor(), clock_};
  Dependencies deps_{web_, pool_, pool_, store_, clock_, nullptr};
  config::Settings settings_;
  config::ScheduleSettings schedule_;
  Counters counters_;
  WatchlistStats stats_;
  StoryTracker stories_{clock_, clock_.now()};
  ArticleProcessor articles_{deps_, stories_, stats_, counters_};
  ScriptedSource::Script script_;
  std::shared_ptr<source::Plugin> plugin_ = std::make_shared<source::Plugin>();
  std::unique_ptr<SourceEntry> entry_;
  std::unique_ptr<PollCycle> cycle_;
  bool over_ = false;
};

}  // namespace pw::pipeline
