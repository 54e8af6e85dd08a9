#include "app/reloader.hpp"

#include "fakes/run_until.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace pw::app {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

/// A configuration that is known by its contact.
std::shared_ptr<const pipeline::Configuration> configuration(const std::string& contact) {
  config::Settings settings;
  settings.fetch.contact = contact;
  return std::make_shared<const pipeline::Configuration>(pipeline::Configuration{
      settings, source::Registry(std::span<const source::Plugin>()), pipeline::compile_watchlists(settings)});
}

class ReloaderTest : public testing::Test {
 protected:
  ReloaderTest() : reloader_(loop_.get_executor(), pool_, configuration("first"), steps()) {}
  ~ReloaderTest() override {
    open_ = true;
    pool_.join();
  }

  /// Prepares the configuration that `contact_` names as soon as `open_` is set; "wrong" is refused.
  Reloader::Steps steps() {
    Reloader::Steps out;
    out.prepare = [this](const pipeline::Configuration& before, const std::stop_token& stop) {
      prepared_on_ = std::this_thread::get_id();
      seen_.push_back(before.settings.fetch.contact);
      ++begun_;
      while (!open_ && !stop.stop_requested()) std::this_thread::sleep_for(1ms);
      if (contact_ == "wrong") throw std::runtime_error("a.toml:1: is wrong");
      pipeline::ConfigurationUpdate update;
      update.now = configuration(contact_);
      return update;
    };
    out.apply = [this](const pipeline::ConfigurationUpdate& update) {
      EXPECT_EQ(std::this_thread::get_id(), loop_thread_);
      applied_.push_back(update.now->settings.fetch.contact);
      return std::vector<std::shared_ptr<const void>>{};
    };
    return out;
  }
  /// Asks for a reload, whose result is added to results_.
  void ask() {
    auto task = [](ReloaderTest& test) -> boost::asio::awaitable<void> {
      test.results_.push_back((co_await test.reloader_.reload()).problem);
    }(*this);
    runtime::spawn(loop_.get_executor(), std::move(task), "reload");
    loop_.restart();
    loop_.poll();
  }
  bool until(const std::function<bool()>& check) { return test::run_until(loop_, check); }

  boost::asio::io_context loop_;
  runtime::Pool pool_{1, {4, 1U << 20U}};
  std::thread::id loop_thread_ = std::this_thread::get_id();
  std::thread::id prepared_on_;
  std::atomic<bool> open_ = false;
  std::atomic<int> begun_ = 0;
  std::string contact_ = "second";  ///< changed only while nothing is prepared
  std::vector<std::string> seen_, applied_, results_;
  Reloader reloader_;
};

TEST_F(ReloaderTest, PreparesOnThePoolAndAppliesOnTheLoop) {
  open_ = true;
  ask();
  ASSERT_TRUE(until([&] { return results_.size() == 1; }));
  EXPECT_EQ(results_[0], "");
  EXPECT_NE(prepared_on_, loop_thread_);
  EXPECT_THAT(applied_, ElementsAre("second"));
  EXPECT_EQ(reloader_.current()->settings.fetch.contact, "second");
}

TEST_F(ReloaderTest, ARefusedConfigurationIsNotApplied) {
  open_ = true;
  contact_ = "wrong";
  ask();
  ASSERT_TRUE(until([&] { return results_.size() == 1; }));
  EXPECT_THAT(results_[0], HasSubstr("is wrong"));
  EXPECT_TRUE(applied_.empty());
  EXPECT_EQ(reloader_.current()->settings.fetch.contact, "first");
}

TEST_F(ReloaderTest, ThoseWhoAskDuringAReloadShareTheNext) {
  ask();
  ASSERT_TRUE(until([&] { return begun_ == 1; }));
  ask();
  ask();
  ask();
  EXPECT_TRUE(results_.empty());
  open_ = true;
  ASSERT_TRUE(until([&] { return results_.size() == 4; }));
  EXPECT_EQ(begun_, 2) << "the first may have read the files too early for the others";
  EXPECT_THAT(seen_, ElementsAre("first", "second"));
}

TEST_F(ReloaderTest, TheLoopGoesOnWhileAReloadWorks) {
  ask();
  ASSERT_TRUE(until([&] { return begun_ == 1; }));
  boost::asio::steady_timer timer(loop_, 1ms);
  bool rang = false;
  timer.async_wait([&](auto) { rang = true; });
  EXPECT_TRUE(until([&] { return rang; }));
  EXPECT_TRUE(results_.empty());
}

TEST_F(ReloaderTest, AShutdownEndsReloadsWithoutEffect) {
  ask();
  ASSERT_TRUE(until([&] { return begun_ == 1; }));
  ask();
  reloader_.cancel();
  bool over = false;
  auto task = [](Reloader& reloader, bool& done) -> boost::asio::awaitable<void> {
    co_await reloader.wait();
    done = true;
  }(reloader_, over);
  runtime::spawn(loop_.get_executor(), std::move(task), "wait");
  ASSERT_TRUE(until([&] { return over; }));
  EXPECT_THAT(results_, ElementsAre(HasSubstr("stopping"), HasSubstr("stopping")));
  EXPECT_TRUE(applied_.empty());
  EXPECT_EQ(begun_, 1);
}

TEST_F(ReloaderTest, TheReplacedConfigurationIsDestroyedElsewhere) {
  const std::weak_ptr<const pipeline::Configuration> first = reloader_.current();
  open_ = true;
  ask();
  ASSERT_TRUE(until([&] { return results_.size() == 1; }));
  EXPECT_TRUE(until([&] { return first.expired(); }));
}

}  // namespace
}  // namespace pw::app
