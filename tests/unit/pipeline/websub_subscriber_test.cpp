#include "pipeline/websub_subscriber.hpp"

#include "fakes/fake_clock.hpp"
#include "fakes/fetch_settings.hpp"
#include "fakes/http_server.hpp"
#include "fetch/fetcher.hpp"
#include "runtime/spawn.hpp"
#include "store/store.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <future>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kDay = 24h;

/// A subscription saved by an earlier run, and the hub that receives its requests.
class PushDeskTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "presswatch-push-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    store::StoreSettings settings;
    settings.path = (folder_ / "presswatch.db").string();
    store_ = std::make_unique<store::Store>(settings, clock_, nullptr);
    hub_.on("/hub", test::answer(202));
  }
  void TearDown() override {
    desk_.reset();
    store_->close();
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }

  void start_with_lease_until(Time until) {
    store::Batch batch;
    batch.subscription = {"wire", "https://wire.example/feed", hub_.url("/hub"), "token", "secret", until};
    std::promise<void> saved;
    store_->submit(std::move(batch), [&](const auto&) { saved.set_value(); });
    saved.get_future().wait();
    config::WebSubSettings settings;
    settings.listen = "127.0.0.1:0";
    settings.callback = "http://127.0.0.1/w";
    desk_ = std::make_unique<WebSubSubscriber>(loop_.get_executor(), settings, fetcher_, *store_, clock_, nullptr);
  }
  /// Number of requests to the hub after one more poll of the source.
  std::size_t asked_after_a_turn() {
    auto turn = desk_->ensure_subscription("wire", std::nullopt);
    bool over = false;
    auto task = [&over](boost::asio::awaitable<void> keeping) -> boost::asio::awaitable<void> {
      co_await std::move(keeping);
      over = true;
    };
    runtime::spawn(loop_.get_executor(), task(std::move(turn)), "turn");
    loop_.restart();
    while (!over && loop_.run_one() != 0) {
    }
    EXPECT_TRUE(over);
    return hub_.seen().size();
  }

  test::FakeClock clock_;
  SystemClock real_;
  test::HttpServer hub_;
  boost::asio::io_context loop_;
  fetch::Fetcher fetcher_{loop_.get_executor(), test::loopback_settings(), real_};
  std::filesystem::path folder_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<WebSubSubscriber> desk_;
};

TEST_F(PushDeskTest, ALeaseIsRenewedADayBeforeItsEndWhateverTheWallClockSays) {
  start_with_lease_until(clock_.now() + 9 * kDay);
  EXPECT_EQ(asked_after_a_turn(), 0U);
  clock_.step(730 * kDay);
  EXPECT_EQ(asked_after_a_turn(), 0U);
  clock_.step(-2 * 730 * kDay);
  clock_.pass(8 * kDay + 1h);
  EXPECT_EQ(asked_after_a_turn(), 1U);
}

TEST_F(PushDeskTest, ALeaseThatAClockAheadHasSavedIsAskedForAnew) {
  start_with_lease_until(clock_.now() + 740 * kDay);
  EXPECT_EQ(asked_after_a_turn(), 1U);
  EXPECT_EQ(asked_after_a_turn(), 1U) << "the hub has an hour to confirm";
}

TEST_F(PushDeskTest, TheSubscriptionOfASourceThatIsNoLongerConfiguredIsDropped) {
  start_with_lease_until(clock_.now() + kDay / 2);
  desk_->keep_only([](const std::string& source) { return source == "wire"; });
  EXPECT_EQ(desk_->size(), 1U);
  desk_->keep_only([](const std::string&) { return false; });
  EXPECT_EQ(desk_->size(), 0U);
  clock_.pass(kDay);
  EXPECT_EQ(asked_after_a_turn(), 0U);
}

TEST_F(PushDeskTest, AHubThatRefusesLateDoesNotBringARemovedSourceBack) {
  start_with_lease_until(clock_.now() + kDay / 2);
  clock_.pass(kDay);
  hub_.on("/hub", test::answer(500));
  auto turn = desk_->ensure_subscription("wire", std::nullopt);
  bool over = false;
  auto task = [&over](boost::asio::awaitable<void> keeping) -> boost::asio::awaitable<void> {
    co_await std::move(keeping);
    over = true;
  };
  runtime::spawn(loop_.get_executor(), task(std::move(turn)), "turn");
  loop_.run_one();
  desk_->keep_only([](const std::string&) { return false; });
  while (!over && loop_.run_one() != 0) {
  }
  EXPECT_EQ(hub_.seen().size(), 1U);
  EXPECT_EQ(desk_->size(), 0U);
}

}  // namespace
}  // namespace pw::pipeline
