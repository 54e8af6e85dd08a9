/// Backups, their return, and the report on a database.
#include "store/backup.hpp"

#include "damage.hpp"
#include "fixture.hpp"
#include "store/database.hpp"
#include "store/store_report.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <fstream>
#include <thread>

namespace pw::store {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::Each;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr fs::perms kOwner = fs::perms::owner_read | fs::perms::owner_write;

class BackupTest : public StoreTest {
 protected:
  void add(const std::string& name) { ASSERT_TRUE(submit(batch(name, {alert("a", name)}))); }

  /// The message of a failure of type E, or "" if there is none.
  template <class E, class Work>
  static std::string failure(const Work& work) {
    try {
      work();
    } catch (const E& error) {
      return error.what();
    }
    return {};
  }

  std::vector<std::string> files() const {
    std::vector<std::string> out;
    for (const auto& entry : fs::directory_iterator(folder_)) out.push_back(entry.path().filename().string());
    return out;
  }

  BackupContents back_up(bool overwrite = false) { return store::back_up(settings_.path, file_, overwrite, {}); }
  Restored restore() { return store::restore(settings_.path, file_, {}); }

  const std::string file_ = (folder_ / "backup").string();
};

TEST_F(BackupTest, ACleanStopLeavesEverythingInTheOneFile) {
  open();
  const auto log = store_->open_log();  // the bus still reads the log when the store closes
  for (int n = 0; n < 20; ++n) add(std::to_string(n));
  ASSERT_EQ(log->head()->head, 20U);
  store_->close();
  fs::copy_file(settings_.path, file_);
  Database db(file_, Access::read_only);
  Query query = db.query("SELECT count(*) FROM alerts");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.number(0), 20);
}

TEST_F(BackupTest, ABackupOfARunningStoreIsOneCompleteFile) {
  open();
  add("one");
  add("two");
  std::size_t done = 0;
  std::size_t all = 0;
  const BackupContents contents = store::back_up(settings_.path, file_, false, [&](std::size_t d, std::size_t a) {
    done = d;
    all = a;
  });
  EXPECT_EQ(contents.alerts, 2U);
  EXPECT_EQ(contents.head, 2U);
  EXPECT_EQ(contents.articles, 2U);
  EXPECT_EQ(contents.newest, clock_.now());
  EXPECT_GT(all, 0U);
  EXPECT_EQ(done, all);
  EXPECT_EQ(fs::status(file_).permissions(), kOwner);
  EXPECT_THAT(files(), Not(Contains(HasSubstr("backup-")))) << "it needs no write-ahead log";
  EXPECT_TRUE(check_store(file_).sound());
  add("three");
  EXPECT_TRUE(check_store(settings_.path).sound()) << "the store goes on";
}

TEST_F(BackupTest, ABackupIsConsistentWhileAlertsAreWritten) {
  open();
  add("first");
  std::atomic<bool> stop = false;
  std::thread writer([&] {
    for (int n = 0; !stop; ++n) (void)submit(batch(std::to_string(n), {alert("a", std::to_string(n))}));
  });
  for (int n = 0; n < 20; ++n) {
    const BackupContents contents = back_up(true);
    EXPECT_EQ(contents.alerts, contents.head);
    EXPECT_THAT(check_store(file_).problems, IsEmpty());
  }
  stop = true;
  writer.join();
}

TEST_F(BackupTest, AnExistingFileIsReplacedOnlyByForce) {
  open();
  add("one");
  std::ofstream(file_) << "precious";
  EXPECT_THAT(failure<std::runtime_error>([&] { back_up(); }), HasSubstr("exists already"));
  EXPECT_EQ(fs::file_size(file_), 8U);
  EXPECT_EQ(back_up(true).alerts, 1U);
  EXPECT_THAT(files(), Not(Contains(HasSubstr(".part"))));
}

TEST_F(BackupTest, ADamagedDatabaseGivesNoBackup) {
  open();
  add("one");
  store_.reset();
  sample::damage(settings_.path, "suppressed");
  EXPECT_THAT(failure<DamagedError>([&] { back_up(); }), HasSubstr("damaged"));
  EXPECT_THAT(files(), Each(Not(HasSubstr("backup"))));
}

TEST_F(BackupTest, WhatIsRestoredIsANewLogAndTheOldOneIsKept) {
  open();
  add("one");
  const Id before = store_->log_id();
  back_up();
  add("two");
  store_.reset();
  const Restored done = restore();
  EXPECT_EQ(done.contents.alerts, 1U);
  EXPECT_NE(done.log_id, before);
  EXPECT_EQ(fs::status(settings_.path).permissions(), kOwner);
  EXPECT_EQ(check_store(done.kept).alerts, 2U);
  open();
  EXPECT_EQ(store_->log_id(), done.log_id);
  EXPECT_EQ(store_->counts()->head, 1U);
  const auto next = submit(batch("three", {alert("a", "3")}));
  EXPECT_EQ(next->alerts.at(0).seq, 2U);
}

TEST_F(BackupTest, ADatabaseThatWasKilledIsKeptWithItsWriteAheadLog) {
  open();
  add("one");
  back_up();
  // As left by a kill: copies of the files of an open database.
  for (const char* end : {"", "-wal"}) fs::copy_file(settings_.path + end, folder_ / (std::string("killed") + end));
  store_.reset();
  for (const char* end : {"", "-wal"}) {
    fs::copy_file(folder_ / (std::string("killed") + end), settings_.path + end, fs::copy_options::overwrite_existing);
  }
  const Restored done = restore();
  EXPECT_FALSE(fs::exists(settings_.path + "-wal")) << "it would be applied to the restored database";
  EXPECT_EQ(check_store(done.kept).alerts, 1U);
}

TEST_F(BackupTest, ARunningDaemonIsNotRestoredOver) {
  open();
  add("one");
  back_up();
  EXPECT_THAT(failure<std::runtime_error>([&] { restore(); }), HasSubstr("uses it"));
  EXPECT_EQ(store_->counts()->alerts, 1U);
}

TEST_F(BackupTest, WhatIsNoSoundBackupIsRefusedAndChangesNothing) {
  open();
  add("one");
  back_up();
  store_.reset();
  const auto refused = [&](const char* why) {
    const std::string said = failure<std::runtime_error>([&] { restore(); });
    EXPECT_THAT(said, HasSubstr(why));
    EXPECT_THAT(files(), Not(Contains(HasSubstr("restoring"))));
    EXPECT_EQ(check_store(settings_.path).alerts, 1U);
  };
  fs::copy_file(file_, folder_ / "good");
  sample::damage(file_, "suppressed");
  refused("damaged");
  std::ofstream(file_) << std::string(8192, '?');
  refused("no database");
  fs::copy_file(folder_ / "good", file_, fs::copy_options::overwrite_existing);
  Database(file_, Access::read_write).execute("PRAGMA user_version = 99");
  refused("newer presswatch");
  fs::remove(file_);
  Database(file_, Access::read_write).execute("CREATE TABLE other(x)");
  refused("not one of presswatch");
  fs::remove(file_);
  refused("Does it exist");
}

TEST_F(BackupTest, ARestoreNeedsNoDatabaseBefore) {
  open();
  add("one");
  back_up();
  store_.reset();
  for (const char* end : {"", "-wal", "-shm", ".instance"}) fs::remove(settings_.path + end);
  EXPECT_EQ(restore().kept, "");
  open();
  EXPECT_EQ(store_->counts()->alerts, 1U);
}

TEST_F(BackupTest, TheReportNamesContradictionsAndDamage) {
  open();
  add("one");
  add("two");
  add("three");
  store_.reset();
  EXPECT_TRUE(check_store(settings_.path).sound());
  Database(settings_.path, Access::read_write)
      .execute("DELETE FROM alerts WHERE seq = 2; UPDATE channels SET head = 1; DELETE FROM items WHERE id = 1");
  const auto problems = check_store(settings_.path).problems;
  EXPECT_THAT(problems, Contains("1 numbers are missing in the alert log"));
  EXPECT_THAT(problems, Contains(HasSubstr("watchlists have alerts above their newest number")));
  EXPECT_THAT(problems, Contains("1 articles belong to no item"));
  sample::damage(settings_.path, "alerts_time");
  EXPECT_THAT(check_store(settings_.path).problems, Contains(HasSubstr("btreeInitPage() returns error code 11")));
}

TEST_F(BackupTest, AnIndexThatDisagreesWithItsTableIsReported) {
  open();
  add("one");
  store_.reset();
  Database(settings_.path, Access::read_write)
      .execute(
          "PRAGMA writable_schema = ON; CREATE TABLE copy AS SELECT * FROM sqlite_schema WHERE name = 'alerts_time';"
          "DELETE FROM sqlite_schema WHERE name = 'alerts_time'");
  Database(settings_.path, Access::read_write)
      .execute(
          "UPDATE alerts SET time = time + 1; PRAGMA writable_schema = ON;"
          "INSERT INTO sqlite_schema SELECT * FROM copy; DROP TABLE copy");
  EXPECT_THAT(check_store(settings_.path).problems, Contains(HasSubstr("alerts_time")));
}

}  // namespace
}  // namespace pw::store
