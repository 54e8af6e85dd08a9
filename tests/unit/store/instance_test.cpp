#include "store/instance.hpp"

#include "fixture.hpp"
#include "store/database.hpp"

#include <gmock/gmock.h>
#include <spdlog/fmt/fmt.h>

#include <fstream>

namespace pw::store {
namespace {

namespace fs = std::filesystem;

class InstanceTest : public StoreTest {
 protected:
  [[nodiscard]] fs::path file() const { return settings_.path + ".instance"; }

  void back_up(const fs::path& to) const {
    Database(settings_.path, Access::read_write).execute(fmt::format("VACUUM INTO '{}'", to.string()).c_str());
  }

  void restore(const fs::path& from) {
    store_.reset();
    for (const char* end : {"", "-wal", "-shm"}) fs::remove(settings_.path + end);
    fs::copy_file(from, settings_.path);
  }

  void add(const std::string& name) { ASSERT_TRUE(submit(batch(name, {alert("a", name)}))); }

  /// True if reopening the store changes the log's id.
  bool changes() {
    const Id before = store_->log_id();
    open();
    return store_->log_id() != before;
  }
};

TEST_F(InstanceTest, AStopAndAStartChangeNothing) {
  open();
  add("one");
  EXPECT_FALSE(changes());
  EXPECT_FALSE(changes());
  EXPECT_EQ(fs::status(file()).permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

TEST_F(InstanceTest, ABackupOfTheSameRunIsNoticed) {
  open();
  add("one");
  const Id before = store_->log_id();
  back_up(folder_ / "backup");
  add("two");
  restore(folder_ / "backup");
  open();
  EXPECT_NE(store_->log_id(), before);
  EXPECT_EQ(store_->counts()->head, 1u);
  EXPECT_FALSE(changes());
}

TEST_F(InstanceTest, ABackupOfAnEarlierRunIsNoticedThoughItIsNotShorter) {
  open();
  add("one");
  const Id before = store_->log_id();
  back_up(folder_ / "backup");
  open();
  open();
  restore(folder_ / "backup");
  open();
  EXPECT_NE(store_->log_id(), before);
}

TEST_F(InstanceTest, ALostWriteAheadLogIsNoticed) {
  open();
  const Id before = store_->log_id();
  // As left by a kill: file and database as they are on disk, without the write-ahead log.
  Database(settings_.path, Access::read_write).execute("PRAGMA wal_checkpoint(TRUNCATE)");
  fs::copy_file(settings_.path, folder_ / "main");
  add("one");
  fs::copy_file(file(), folder_ / "instance");
  restore(folder_ / "main");
  fs::copy_file(folder_ / "instance", file(), fs::copy_options::overwrite_existing);
  open();
  EXPECT_NE(store_->log_id(), before);
}

TEST_F(InstanceTest, ACopyElsewhereIsAnotherLog) {
  open();
  add("one");
  const Id before = store_->log_id();
  back_up(folder_ / "copy.db");
  store_.reset();
  settings_.path = (folder_ / "copy.db").string();
  open();
  EXPECT_NE(store_->log_id(), before);
}

TEST_F(InstanceTest, ADatabaseFromBeforeThereWereInstancesKeepsItsLog) {
  open();
  add("one");
  const Id before = store_->log_id();
  store_.reset();
  Database(settings_.path, Access::read_write).execute("DELETE FROM meta WHERE key = 'instance'");
  fs::remove(file());
  open();
  EXPECT_EQ(store_->log_id(), before);
  EXPECT_FALSE(changes());
}

TEST_F(InstanceTest, AFileThatIsGarbageGivesANewIdOnce) {
  open();
  for (const std::string& text : {std::string("?"), std::string(300, 'x'), std::string("presswatch instance 1 ")}) {
    std::ofstream(file()) << text;
    EXPECT_TRUE(changes()) << text;
    EXPECT_FALSE(changes());
  }
}

TEST_F(InstanceTest, AStartThatWasCutShortBetweenFileAndDatabaseChangesNothing) {
  open();
  add("one");
  back_up(folder_ / "before");
  const Id before = store_->log_id();
  open();                       // writes the file …
  restore(folder_ / "before");  // … but the database was not written
  open();
  EXPECT_EQ(store_->log_id(), before);
}

TEST_F(InstanceTest, AFileThatCannotBeOpenedIsNamed) {
  fs::create_directory(file());
  EXPECT_THAT(open_failure(), testing::HasSubstr("presswatch.db.instance"));
}

}  // namespace
}  // namespace pw::store
