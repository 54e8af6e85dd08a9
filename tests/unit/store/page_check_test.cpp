/// Damage is found while the daemon runs, and only damage is called so.
#include "broken_reads.hpp"
#include "damage.hpp"
#include "fakes/caught_log.hpp"
#include "fixture.hpp"
#include "store/database.hpp"
#include "store/integrity_check.hpp"
#include "store/page_walk.hpp"
#include "store/schema.hpp"

#include <gmock/gmock.h>
#include <sqlite3.h>

#include <chrono>
#include <thread>

namespace pw::store {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class PageCheckTest : public StoreTest {
 protected:
  void open() {
    store_ = std::make_unique<Store>(
        settings_, clock_, [](const auto&) {}, [this](const std::string& why) { failed_.set_value(why); });
  }

  /// A database with some rows, cleanly closed.
  void make(int items = 3) {
    open();
    for (int n = 0; n < items; ++n) {
      const std::string name = std::to_string(n);
      ASSERT_TRUE(submit(batch(name, {alert("a", name, std::string(3000, 'x'))})));
    }
    store_.reset();
  }

  /// Waits until the report of the check starts like this.
  bool reports(const std::string& start) const {
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (!store_->check_report().starts_with(start) && std::chrono::steady_clock::now() < end) {
      std::this_thread::sleep_for(5ms);
    }
    return store_->check_report().starts_with(start);
  }

  std::size_t walk() const {
    Database db(settings_.path, Access::read_only);
    PageWalk walk(db);
    std::size_t bytes = 0;
    while (const auto read = walk.step()) bytes += *read;
    return bytes;
  }

  std::promise<std::string> failed_;
  const test::CaughtLog log_;
};

TEST_F(PageCheckTest, AWalkReadsEveryRow) {
  make(1200);  // more than one step in most trees
  EXPECT_GT(walk(), std::size_t{1200} * 3000);
}

TEST_F(PageCheckTest, AWalkMeetsADamagedPageOfEachTableAndIndex) {
  make();
  for (const char* name :
       {"alerts", "alerts_time", "sqlite_autoindex_alerts_1", "sqlite_autoindex_alerts_2", "articles", "articles_seen",
        "items", "items_seen", "item_keys", "item_keys_item", "channels", "meta", "requests", "suppressed",
        "articles_text_data", "articles_text_idx", "articles_text_docsize", "deferred_channel"}) {
    const std::string whole = settings_.path;
    settings_.path = (folder_ / "damaged.db").string();
    std::filesystem::copy_file(whole, settings_.path, std::filesystem::copy_options::overwrite_existing);
    sample::damage(settings_.path, name);
    try {
      walk();
      ADD_FAILURE() << name;
    } catch (const DbError& error) {
      EXPECT_TRUE(is_damage(error)) << name << ": " << error.what();
    }
    settings_.path = whole;
  }
}

TEST_F(PageCheckTest, ASoundDatabaseIsReportedAsRead) {
  make();
  open();
  EXPECT_TRUE(reports("ok: every page was read by 2023-11-14T22:13:20Z")) << store_->check_report();
  EXPECT_FALSE(store_->damaged());
}

TEST_F(PageCheckTest, DamageAfterACleanStopEndsTheStoreAndIsFoundAgain) {
  make();
  sample::damage(settings_.path, "suppressed");  // a table that is not read at start-up
  open();
  const std::string why = failed_.get_future().get();
  EXPECT_THAT(why, HasSubstr("presswatch.db: the database is damaged"));
  EXPECT_TRUE(store_->damaged());
  EXPECT_THAT(store_->check_report(), StartsWith("damaged: "));
  EXPECT_EQ(submit(batch("late")).error().code, Errc::cancelled);
  store_.reset();
  failed_ = std::promise<std::string>();
  open();  // the stop was not clean, so the whole file is checked before anything is written
  EXPECT_THAT(failed_.get_future().get(), HasSubstr("the database is damaged"));
}

TEST_F(PageCheckTest, DamageThatAReaderMeetsIsConfirmedAtOnce) {
  make();
  settings_.check.bytes_per_second = 1;  // the walk would take for ever
  open();
  ASSERT_TRUE(reports("running"));
  sample::damage(settings_.path, "subscriptions");
  EXPECT_EQ(store_->load_subscriptions().error().code, Errc::corrupt);
  EXPECT_THAT(failed_.get_future().get(), HasSubstr("the database is damaged"));
}

TEST_F(PageCheckTest, ADiskThatCannotBeReadIsSaidAndNotCalledDamage) {
  make();
  PageCheckSettings settings;
  settings.retry = 10ms;
  bool damaged = false;
  const sample::BrokenReads disk;
  sample::BrokenReads::fail(3);
  PageCheck check(settings_.path, settings, clock_, [&](const std::string&) { damaged = true; });
  check.start();
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (!check.report().starts_with("ok") && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(5ms);
  check.stop();
  EXPECT_THAT(check.report(), StartsWith("ok"));
  EXPECT_EQ(sample::BrokenReads::left(), 0);
  EXPECT_FALSE(damaged);
  EXPECT_THAT(log_.text(), HasSubstr("could not be checked: the disk of the database failed"));
}

TEST_F(PageCheckTest, APageThatTheIntegrityCheckCannotReadIsNoDamage) {
  make(100);
  const sample::BrokenReads disk;
  int failures = 0;
  for (int after = 0; after < 60; ++after) {
    Database db(settings_.path, Access::read_only);
    sample::BrokenReads::fail(1, after);
    try {
      check_integrity(db, settings_.path);
    } catch (const DbError& error) {
      EXPECT_EQ(error.code, SQLITE_IOERR) << after << ": " << error.what();
      ++failures;
    }
  }
  EXPECT_GT(failures, 30);
}

TEST_F(PageCheckTest, AnUncleanStopAndADiskThatFailsOnceIsNoDamage) {
  make();
  const sample::BrokenReads disk;
  sample::BrokenReads::fail(1);
  IntegrityCheck once(settings_.path);
  EXPECT_EQ(once.wait(), IntegrityCheck::State::passed);
  EXPECT_THAT(log_.text(), HasSubstr("it is tried again"));
  sample::BrokenReads::fail(1'000'000);
  IntegrityCheck broken(settings_.path);
  EXPECT_EQ(broken.wait(), IntegrityCheck::State::failed);
  EXPECT_THAT(broken.problem(), HasSubstr("could not be checked: the disk of the database failed"));
}

TEST(ReadFailure, IsToldFromDamageByItsCode) {
  EXPECT_EQ(read_failure("Tree 5 page 7: unable to get the page. error code=266"), SQLITE_IOERR);
  EXPECT_EQ(read_failure("Tree 5 page 7: btreeInitPage() returns error code 7"), SQLITE_NOMEM);
  EXPECT_EQ(read_failure("Tree 5 page 7: btreeInitPage() returns error code 11"), 0);
  EXPECT_EQ(read_failure("failed to get page 12"), SQLITE_IOERR);
  EXPECT_EQ(read_failure("row 3 missing from index alerts_time"), 0);
}

}  // namespace
}  // namespace pw::store
