#include "app/check_system.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace pw::app {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;

class CheckSystemTest : public testing::Test {
 protected:
  CheckSystemTest() : folder_(fs::temp_directory_path() / ("pw-system-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
    settings_.file = folder_ / "presswatch.toml";
    settings_.daemon.state = folder_ / "state";
    settings_.daemon.control = folder_ / "control.sock";
    settings_.bus.live = "ipc://" + (folder_ / "live").string();
    settings_.bus.log = "ipc://" + (folder_ / "log").string();
  }
  ~CheckSystemTest() override { fs::remove_all(folder_); }

  std::string problems(const Held& held = {}) {
    std::string out;
    for (const config::Problem& one : check_system(settings_, held)) out += one.text() + '\n';
    return out;
  }

  fs::path folder_;
  config::MainSettings settings_;
};

TEST_F(CheckSystemTest, AFolderThatCanBeMadeIsFine) { EXPECT_EQ(problems(), ""); }

TEST_F(CheckSystemTest, AStateFolderThatCannotBeMade) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere; test_check.py does it as another user";
  fs::create_directories(folder_ / "locked");
  fs::permissions(folder_ / "locked", fs::perms(0500));
  settings_.daemon.state = folder_ / "locked" / "below" / "state";
  settings_.given["daemon.state"] = {settings_.file, 2, 9};
  EXPECT_THAT(problems(), HasSubstr("presswatch.toml:2:9: daemon.state: "));
  EXPECT_THAT(problems(), HasSubstr("cannot be made in " + (folder_ / "locked").string() + ": Permission denied"));
  EXPECT_THAT(problems(), HasSubstr("install -d -o "));
}

TEST_F(CheckSystemTest, AStateFolderOfSomebodyElse) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may write everywhere; test_check.py does it as another user";
  fs::create_directories(settings_.daemon.state);
  fs::permissions(settings_.daemon.state, fs::perms(0500));
  EXPECT_THAT(problems(), HasSubstr("cannot be written: Permission denied; chmod u+rwx"));
}

TEST_F(CheckSystemTest, ADatabaseThatAnotherDaemonHas) {
  fs::create_directories(settings_.daemon.state);
  const fs::path lock = settings_.daemon.state / "presswatch.db.lock";
  const int descriptor = ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  ASSERT_EQ(::flock(descriptor, LOCK_EX | LOCK_NB), 0);
  EXPECT_THAT(problems(), HasSubstr("the database is locked: another presswatchd uses it"));
  EXPECT_EQ(problems({{}, settings_.daemon.state}), "") << "it is this configuration's own";
  ::close(descriptor);
  EXPECT_EQ(problems(), "");
}

TEST_F(CheckSystemTest, FilesInPlaceOfSockets) {
  std::ofstream(folder_ / "control.sock") << "x";
  std::ofstream(folder_ / "log") << "x";
  settings_.given["bus.log"] = {settings_.file, 4, 7};
  EXPECT_THAT(problems(), HasSubstr("daemon.control: "));
  EXPECT_THAT(problems(), HasSubstr("is a regular file"));
  EXPECT_THAT(problems(), HasSubstr("presswatch.toml:4:7: the bus cannot listen on"));
  EXPECT_THAT(problems({{settings_.bus.log, settings_.daemon.control.string()}, {}}), IsEmpty());
}

}  // namespace
}  // namespace pw::app
