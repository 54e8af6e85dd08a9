#include "pipeline/deferred_alerts.hpp"

#include "config/load.hpp"
#include "fakes/fake_clock.hpp"
#include "fakes/fake_web.hpp"
#include "fakes/memory_store.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

class DeferredAlertsTest : public testing::Test {
 protected:
  ~DeferredAlertsTest() override { pool_.join(); }

  /// Holds `count` alerts of a watchlist that is active now.
  void defer(std::size_t count) {
    config::Settings settings;
    config::add_watchlists("[[watchlist]]\nid = \"q\"\nkeywords = [\"x\"]\n", "lists.toml", settings);
    lists_ = compile_watchlists(settings);
    store::Batch batch;
    store::NewItem item;
    item.source = "wire";
    item.item_id = "1";
    for (std::size_t i = 0; i < count; ++i) {
      item.alerts.push_back({"q", derive_id({fmt::format("{}", i)}), "wire", "{}", true});
    }
    batch.items.push_back(std::move(item));
    store_.submit(std::move(batch), [this](const Result<store::Committed>& done) { stats_.note(*done, {}); });
  }
  void release() {
    runtime::spawn(loop_.get_executor(), deferred_.release(lists_, sources_), "release");
    loop_.restart();
    loop_.run();
  }

  test::FakeClock clock_;
  boost::asio::io_context loop_;
  runtime::Pool pool_{1, {4, 1U << 20U}};
  test::MemoryStore store_{clock_};
  test::FakeWeb web_{loop_.get_executor(), clock_};
  Dependencies deps_{web_, pool_, pool_, store_, clock_, nullptr};
  WatchlistStats stats_;
  Counters counters_;
  SourceTable sources_{clock_};
  DeferredAlerts deferred_{deps_, stats_, counters_};
  std::shared_ptr<const Watchlists> lists_;
};

TEST_F(DeferredAlertsTest, GoOutWhenTheirWatchlistIsOpenHoweverMany) {
  defer(250);
  EXPECT_TRUE(deferred_.due(*lists_));
  release();
  EXPECT_EQ(store_.alerts().size(), 250U);
  EXPECT_EQ(counters_.alerts, 250U);
  EXPECT_FALSE(deferred_.due(*lists_));
}

TEST_F(DeferredAlertsTest, AreLookedForOnceASecond) {
  lists_ = compile_watchlists({});
  EXPECT_FALSE(deferred_.due(*lists_));
  defer(1);
  EXPECT_FALSE(deferred_.due(*lists_));
  clock_.pass(1s);
  EXPECT_TRUE(deferred_.due(*lists_));
}

TEST_F(DeferredAlertsTest, AreDueAgainWhenTheStoreTakesNothing) {
  defer(1);
  store_.fail_next(fail(Errc::io, "disk full"));
  release();
  EXPECT_TRUE(store_.alerts().empty());
  EXPECT_TRUE(deferred_.due(*lists_));
  release();
  EXPECT_EQ(store_.alerts().size(), 1U);
}

}  // namespace
}  // namespace pw::pipeline
