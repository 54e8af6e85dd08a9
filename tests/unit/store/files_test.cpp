#include "fixture.hpp"
#include "store/database.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

namespace pw::store {
namespace {

namespace fs = std::filesystem;

class FilesTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    before_ = ::umask(0);
  }
  void TearDown() override {
    ::umask(before_);
    StoreTest::TearDown();
  }

  /// The files in the folder that other users may read or write.
  std::vector<std::string> open_to_others() const {
    std::vector<std::string> out;
    for (const auto& one : fs::directory_iterator(folder_)) {
      if ((one.status().permissions() & (fs::perms::group_all | fs::perms::others_all)) != fs::perms::none) {
        out.push_back(one.path().filename());
      }
    }
    return out;
  }

  std::uintmax_t wal() const { return fs::file_size(settings_.path + "-wal"); }

  mode_t before_ = 0;
};

TEST_F(FilesTest, NobodyElseReadsTheDatabaseWhateverTheUmask) {
  open();
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  for (const char* file : {"", "-wal", "-shm", ".lock"}) ASSERT_TRUE(fs::exists(settings_.path + file)) << file;
  EXPECT_EQ(open_to_others(), std::vector<std::string>{});
}

TEST_F(FilesTest, WhatOthersCouldReadIsTightenedAtTheStart) {
  open();
  ASSERT_TRUE(submit(batch("one", {alert("a", "1")})));
  const std::string copy = settings_.path + ".copy";
  fs::copy_file(settings_.path + "-wal", copy);
  store_.reset();
  fs::rename(copy, settings_.path + "-wal");  // as left by a killed daemon
  for (const auto& one : fs::directory_iterator(folder_)) fs::permissions(one.path(), fs::perms(0666));
  open();
  EXPECT_EQ(open_to_others(), std::vector<std::string>{});
  EXPECT_TRUE(known_item("one"));
}

TEST_F(FilesTest, AFolderInWhichEverybodyMayWriteIsRefused) {
  fs::permissions(folder_, fs::perms(0777));
  EXPECT_NE(open_failure().find("chmod go-w"), std::string::npos);
  fs::permissions(folder_, fs::perms(0755));
  EXPECT_EQ(open_failure(), "");
}

/// SQLite checkpoints the log by itself, but never shrinks the file.
TEST_F(FilesTest, TheWriteAheadLogIsCutWhileTheStoreRuns) {
  using namespace std::chrono_literals;
  settings_.max_wal = 256 << 10;
  open();
  std::optional<Database> reader(std::in_place, settings_.path, Access::read_only);
  reader->execute("BEGIN; SELECT count(*) FROM meta");
  const std::string body(64 << 10, 'x');
  for (int i = 0; i < 20; ++i) {
    const std::string name = std::to_string(i);
    ASSERT_TRUE(submit(batch(name, {alert("a", name, body)})));
  }
  ASSERT_GT(wal(), settings_.max_wal) << "the reader holds it";
  reader.reset();
  const auto end = std::chrono::steady_clock::now() + 60s;
  while (wal() > settings_.max_wal && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(20ms);
  EXPECT_LE(wal(), settings_.max_wal);
  EXPECT_TRUE(submit(batch("last", {alert("a", "last", body)}))) << "it is written on";
}

}  // namespace
}  // namespace pw::store
