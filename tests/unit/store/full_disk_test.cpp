/// A disk that refuses writes and later accepts them again.
#include "fakes/caught_log.hpp"
#include "fixture.hpp"

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <thread>

namespace pw::store {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

std::size_t count(const std::string& text, const std::string& word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++found;
  return found;
}

class FullDiskTest : public StoreTest {
 protected:
  void TearDown() override { store_.reset(); }

  Result<Committed> submit_big(const std::string& name) {
    return submit(batch(name, {alert("a", name, std::string(1 << 20, 'x'))}));
  }

  /// True once the store itself reports that writes succeed again.
  bool recovers() {
    const auto end = std::chrono::steady_clock::now() + 60s;
    while (store_->trouble() && std::chrono::steady_clock::now() < end) std::this_thread::sleep_for(20ms);
    return !store_->trouble();
  }

  /// Batches fail, and the store gives the reason and logs it once, until `make_room` is called.
  template <class MakeRoom>
  void expect_trouble(const std::string& why, const MakeRoom& make_room) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(submit_big(std::to_string(i)).error().code, Errc::io);
    ASSERT_TRUE(store_->trouble());
    EXPECT_THAT(*store_->trouble(), HasSubstr(why));
    EXPECT_THAT(*store_->trouble(), HasSubstr(settings_.path));
    EXPECT_EQ(count(log_.text(), "nothing can be stored"), 1U) << log_.text();
    make_room();
    EXPECT_TRUE(recovers());
    EXPECT_EQ(count(log_.text(), "takes writes again"), 1U) << log_.text();
    EXPECT_EQ(submit_big("after").value().alerts.at(0).seq, 2U);
    EXPECT_EQ(store_->trouble(), std::nullopt);
  }

  const test::CaughtLog log_;
};

/// Limits the file size; the destructor lifts the limit, however a test ends.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(std::uintmax_t bytes) : old_handler_(::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &old_);
    const rlimit tight{bytes, old_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &tight);
  }
  ~FileSizeLimit() {
    lift();
    ::signal(SIGXFSZ, old_handler_);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  void lift() const { ::setrlimit(RLIMIT_FSIZE, &old_); }

 private:
  sighandler_t old_handler_;
  rlimit old_{};
};

TEST_F(FullDiskTest, WhatAFileMayNotGrowByIsTrouble) {
  open();
  ASSERT_TRUE(submit(batch("one", {alert("a", "first")})));
  const FileSizeLimit limit(std::filesystem::file_size(settings_.path + "-wal") + 32768);
  expect_trouble("the disk of the database failed", [&] { limit.lift(); });
}

TEST_F(FullDiskTest, ASmallBatchThatStillFitsDoesNotEndTheTrouble) {
  open();
  ASSERT_TRUE(submit(batch("one")));
  const FileSizeLimit limit(std::filesystem::file_size(settings_.path + "-wal") + 65536);
  EXPECT_FALSE(submit_big("two"));
  EXPECT_TRUE(submit(batch("three"))) << "it is tried, and fits";
  EXPECT_TRUE(store_->trouble());
  limit.lift();
  EXPECT_TRUE(recovers());
}

/// A separate file system of two megabytes.
class SmallDisk {
 public:
  explicit SmallDisk(const std::filesystem::path& folder) : folder_(folder) {
    std::filesystem::create_directory(folder);
    if (::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=4m,mode=0700") != 0) error_ = errno;
  }
  ~SmallDisk() {
    if (error_ == 0) ::umount2(folder_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;
  [[nodiscard]] int error() const { return error_; }

 private:
  std::filesystem::path folder_;
  int error_ = 0;
};

TEST_F(FullDiskTest, NoSpaceLeftIsTrouble) {
  const SmallDisk disk(folder_ / "small");
  if (disk.error() != 0) GTEST_SKIP() << "a file system cannot be mounted here: " << std::strerror(disk.error());
  settings_.path = (folder_ / "small" / "presswatch.db").string();
  open();
  ASSERT_TRUE(submit(batch("one", {alert("a", "first")})));
  const auto filler = folder_ / "small" / "filler";
  std::ofstream(filler) << std::string(4 << 20, 'x');
  expect_trouble("the disk of the database is full", [&] { std::filesystem::remove(filler); });
  store_.reset();
}

}  // namespace
}  // namespace pw::store
