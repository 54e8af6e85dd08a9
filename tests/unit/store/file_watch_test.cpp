/// Files that disappear under a running store.
#include "store/file_watch.hpp"

#include "fakes/caught_log.hpp"
#include "fixture.hpp"
#include "store/database.hpp"

#include <gmock/gmock.h>

#include <fstream>

namespace pw::store {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;

class FileWatchTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    store_ = std::make_unique<Store>(
        settings_, clock_, [](const auto&) {}, [this](const std::string& why) { failed_.set_value(why); });
  }

  [[nodiscard]] fs::path find(const std::string& part) const {
    for (const auto& entry : fs::directory_iterator(folder_)) {
      if (entry.path().filename().string().find(part) != std::string::npos) return entry.path();
    }
    return {};
  }

  std::promise<std::string> failed_;
  const test::CaughtLog log_;
};

TEST_F(FileWatchTest, ADeletedDatabaseEndsTheStoreAndItsContentsAreRescued) {
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  for (const char* end : {"", "-wal", "-shm"}) fs::remove(settings_.path + end);
  EXPECT_THAT(
      failed_.get_future().get(),
      AllOf(HasSubstr("presswatch.db was deleted or moved away while the daemon ran"), HasSubstr("was saved to")));
  EXPECT_EQ(submit(batch("two")).error().code, Errc::cancelled);
  store_.reset();
  EXPECT_FALSE(fs::exists(settings_.path)) << "nothing more is written";
  const fs::path rescued = find("rescued");
  EXPECT_EQ(fs::status(rescued).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  Database db(rescued.string(), Access::read_only);
  Query query = db.query("SELECT count(*) FROM alerts");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.number(0), 1);
}

TEST_F(FileWatchTest, AReplacedDatabaseIsLeftAlone) {
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  std::ofstream(folder_ / "other") << "another file";
  fs::rename(folder_ / "other", settings_.path);
  EXPECT_THAT(failed_.get_future().get(), HasSubstr("presswatch.db was replaced by another file"));
  store_.reset();
  EXPECT_EQ(fs::file_size(settings_.path), 12U);
}

TEST_F(FileWatchTest, ADeletedWriteAheadLogIsNoticedToo) {
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  fs::remove(settings_.path + "-wal");
  // A connection that opens the database meanwhile makes a new one.
  EXPECT_THAT(failed_.get_future().get(), testing::AnyOf(HasSubstr("presswatch.db-wal was deleted"),
                                                         HasSubstr("presswatch.db-wal was replaced by another file")));
}

TEST(FileWatch, WhatIsNotThereYetIsNotMissing) {
  const sample::Folder folder;
  const std::string path = (folder.path() / "x").string();
  FileWatch watch(path);
  EXPECT_EQ(watch.problem(), std::nullopt);
  std::ofstream(path) << "1";
  EXPECT_EQ(watch.problem(), std::nullopt);
  std::ofstream(path) << "2";
  EXPECT_EQ(watch.problem(), std::nullopt) << "the same file with other contents";
  fs::remove(path);
  EXPECT_TRUE(watch.problem());
}

}  // namespace
}  // namespace pw::store
