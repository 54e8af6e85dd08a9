/// The integrity check after an unclean stop.
#include "damage.hpp"
#include "fixture.hpp"
#include "store/database.hpp"
#include "store/integrity_check.hpp"

#include <gmock/gmock.h>
#include <pthread.h>
#include <sqlite3.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <string_view>
#include <thread>

namespace pw::store {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// Called at each SQLite step of the check's connection. Global, because SQLite's callbacks are plain functions.
std::function<void()> at_each_step;

int on_step(void* /*unused*/) {
  at_each_step();
  return 0;
}

/// Called by SQLite for each new connection.
int on_open(sqlite3* db, const char** /*unused*/, const void* /*unused*/) {
  std::array<char, 16> name{};
  pthread_getname_np(pthread_self(), name.data(), name.size());
  if (std::string_view(name.data()) == "store check") sqlite3_progress_handler(db, 1, on_step, nullptr);
  return SQLITE_OK;
}

/// While it exists, `step` is called during every check.
class SlowCheck {
 public:
  explicit SlowCheck(std::function<void()> step) {
    at_each_step = std::move(step);
    sqlite3_auto_extension(reinterpret_cast<void (*)()>(on_open));
  }
  ~SlowCheck() { sqlite3_reset_auto_extension(); }
  SlowCheck(const SlowCheck&) = delete;
  SlowCheck& operator=(const SlowCheck&) = delete;
};

class IntegrityTest : public StoreTest {
 protected:
  void open() {
    store_.reset();
    store_ = std::make_unique<Store>(
        settings_, clock_,
        [this](std::vector<StoredAlert> alerts) {
          const std::lock_guard guard(mutex_);
          for (auto& alert : alerts) committed_.push_back(std::move(alert));
        },
        [this](const std::string& why) { failed_.set_value(why); });
  }

  /// A database as left by a kill, with one alert that was not published.
  void make_unclean() {
    open();
    ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
    store_.reset();
    Database(settings_.path, Access::read_write)
        .execute("UPDATE meta SET value = 0 WHERE key = 'clean'; PRAGMA wal_checkpoint(TRUNCATE)");
    committed_.clear();
  }

  bool stopped_cleanly() const {
    Database db(settings_.path, Access::read_only);
    Query query = db.query("SELECT value FROM meta WHERE key = 'clean'");
    return query.step() && query.number(0) == 1;
  }

  std::promise<std::string> failed_;
};

TEST_F(IntegrityTest, DamageEndsTheStoreAndNothingIsWrittenOrTold) {
  make_unclean();
  sample::damage(settings_.path, "suppressed");  // a table that is not read at start-up
  open();
  const auto log = store_->open_log();
  auto answer = submit_later(batch("two", {alert("a", "2")}));
  const std::string why = failed_.get_future().get();
  EXPECT_THAT(why, HasSubstr("presswatch.db: the database is damaged"));
  EXPECT_THAT(why, HasSubstr("restore a backup"));
  const auto refused = answer.get();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::cancelled);
  EXPECT_EQ(log->head().error().code, Errc::busy);
  EXPECT_THAT(committed(), IsEmpty());
  store_.reset();
  EXPECT_FALSE(stopped_cleanly()) << "the next start must find it too";
}

TEST_F(IntegrityTest, TheStoreIsOpenBeforeTheCheckHasEnded) {
  make_unclean();
  std::promise<void> go;
  const SlowCheck slow([wait = go.get_future().share()] { wait.wait(); });
  open();
  const auto log = store_->open_log();
  auto answer = submit_later(batch("two", {alert("a", "2")}));
  ASSERT_TRUE(store_->trouble());
  EXPECT_THAT(*store_->trouble(), HasSubstr("still being checked"));
  EXPECT_EQ(log->page(std::nullopt, 0, std::nullopt, 10, 1000).error().code, Errc::busy);
  EXPECT_TRUE(known_item("one")) << "what is known may be read";
  go.set_value();
  EXPECT_EQ(answer.get()->alerts.at(0).seq, 2U);
  EXPECT_EQ(store_->trouble(), std::nullopt);
  EXPECT_EQ(log->head()->head, 2U);
  store_.reset();
  EXPECT_TRUE(stopped_cleanly());
}

TEST_F(IntegrityTest, AStopDoesNotWaitForTheCheck) {
  make_unclean();
  std::promise<void> closing;
  const auto wait = closing.get_future().share();
  // Slow enough for one interrupt to hit the check and end it.
  const SlowCheck slow([wait] {
    wait.wait();
    std::this_thread::sleep_for(5ms);
  });
  open();
  auto answer = submit_later(batch("two", {alert("a", "2")}));
  auto closed = std::async(std::launch::async, [this] { store_->close(); });
  closing.set_value();
  closed.get();
  EXPECT_EQ(answer.get().error().code, Errc::cancelled);
  store_.reset();
  EXPECT_FALSE(stopped_cleanly()) << "the check is still to be made";
}

TEST_F(IntegrityTest, ACleanStopNeedsNoCheck) {
  std::atomic<bool> checked = false;
  const SlowCheck slow([&checked] { checked = true; });
  open();
  ASSERT_TRUE(submit(batch("one")));
  open();
  ASSERT_TRUE(submit(batch("two")));
  EXPECT_FALSE(checked);
}

TEST_F(IntegrityTest, AFileThatIsGoneIsNoPassedCheck) {
  IntegrityCheck check(settings_.path);
  EXPECT_EQ(check.wait(), IntegrityCheck::State::failed);
  EXPECT_THAT(check.problem(), HasSubstr("could not be checked"));
}

}  // namespace
}  // namespace pw::store
