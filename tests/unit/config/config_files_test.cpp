/// Files and folders that are missing, cannot be read, or can be written by others.
#include "config/load.hpp"
#include "unit/config/without_columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace pw::config {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;

constexpr const char* kList = "[[watchlist]]\nid = \"w\"\nkeywords = [\"x\"]\n";

class ConfigFilesTest : public testing::Test {
 protected:
  ConfigFilesTest() {
    std::string name = (fs::temp_directory_path() / "presswatch-config-XXXXXX").string();
    EXPECT_NE(::mkdtemp(name.data()), nullptr);
    folder_ = name;
    write("presswatch.toml", "[daemon]\nstate = \"state\"\n");
  }
  ~ConfigFilesTest() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) {
    fs::create_directories((folder_ / name).parent_path());
    std::ofstream(folder_ / name) << text;
    fs::permissions(folder_ / name, fs::perms(0644));
  }
  void make_folder(const std::string& name) {
    fs::create_directories(folder_ / name);
    fs::permissions(folder_ / name, fs::perms(0755));
  }
  void set_mode(const std::string& name, unsigned mode) { fs::permissions(folder_ / name, fs::perms(mode)); }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder_ / name).string(); }

  std::string problems() {
    try {
      watchlists_ = config::load(folder_ / "presswatch.toml", {}).watchlists.size();
    } catch (const ConfigError& error) {
      return without_columns(error.what());
    }
    return "";
  }
  std::string can_be_written(const std::string& name) {
    return path(name) + ": can be written by everyone; chmod go-w " + path(name);
  }

  fs::path folder_;
  std::size_t watchlists_ = 0;
};

TEST_F(ConfigFilesTest, DefaultFoldersMayBeMissing) { EXPECT_EQ(problems(), ""); }

TEST_F(ConfigFilesTest, AFolderThatIsNamedMustExist) {
  write("presswatch.toml",
        "[daemon]\nstate = \"state\"\nsources = \"s\"\nwatchlists = \"w\"\nnames = \"n\"\n"
        "[plugins]\ndirectories = [\"p\"]\n");
  EXPECT_EQ(problems(), path("presswatch.toml") + ":7: " + path("p") +
                            " does not exist; create the folder, or remove the key\n" + path("presswatch.toml") +
                            ":5: " + path("n") + " does not exist; create the folder, or remove the key\n" +
                            path("presswatch.toml") + ":4: " + path("w") +
                            " does not exist; create the folder, or remove the key\n" + path("presswatch.toml") +
                            ":3: " + path("s") + " does not exist; create the folder, or remove the key");
}

TEST_F(ConfigFilesTest, AListThatAddsAPluginDirectoryMayRepeatTheDefaults) {
  make_folder("p");
  write("presswatch.toml",
        "[daemon]\nstate = \"state\"\n[plugins]\n"
        "directories = [\"/usr/local/lib/presswatch/plugins\", \"/usr/lib/presswatch/plugins\", \"p\"]\n");
  EXPECT_EQ(problems(), "");
}

TEST_F(ConfigFilesTest, AHostProgramThatIsNamedMustExist) {
  write("presswatch.toml", "[daemon]\nstate = \"state\"\n[plugins]\nhost = \"host\"\n");
  EXPECT_EQ(problems(), path("host") + ": cannot be read: No such file or directory");
}

TEST_F(ConfigFilesTest, AFileInPlaceOfAFolderIsRefused) {
  for (const char* name : {"sources.d", "watchlists.d", "names.d", "state"}) {
    write(name, "");
    EXPECT_EQ(problems(), path(name) + ": is not a folder");
    fs::remove(folder_ / name);
  }
}

TEST_F(ConfigFilesTest, AFolderInPlaceOfAFileIsRefused) {
  for (const char* name : {"names.d/a.toml", "plugins.disabled"}) {
    make_folder(name);
    EXPECT_EQ(problems(), path(name) + ": is not a file");
    fs::remove(folder_ / name);
  }
}

TEST_F(ConfigFilesTest, APipeIsNotWaitedFor) {
  make_folder("sources.d");
  ASSERT_EQ(::mkfifo((folder_ / "sources.d/a.toml").c_str(), 0600), 0);
  EXPECT_EQ(problems(), path("sources.d/a.toml") + ": is not a file");
}

TEST_F(ConfigFilesTest, ALinkToNothingIsRefused) {
  make_folder("sources.d");
  for (const char* name : {"sources.d/a.toml", "watchlists.d", "plugins.disabled", "state"}) {
    fs::create_symlink("nowhere", folder_ / name);
    EXPECT_EQ(problems(), path(name) + ": leads to nowhere, which does not exist");
    fs::remove(folder_ / name);
  }
}

TEST_F(ConfigFilesTest, ALinkedFolderOfATeamMustExist) {
  make_folder("watchlists.d");
  fs::create_symlink("/nowhere/team", folder_ / "watchlists.d/team");
  EXPECT_EQ(problems(), path("watchlists.d/team") + ": leads to /nowhere/team, which does not exist");
}

TEST_F(ConfigFilesTest, WhatOthersCanWriteIsRefused) {
  for (const char* name : {"sources.d/a.toml", "watchlists.d/a.toml", "watchlists.d/team/a.toml", "names.d/a.toml",
                           "plugins.disabled", "presswatch.toml"}) {
    if (!fs::exists(folder_ / name)) write(name, "");
    set_mode(name, 0646);
    EXPECT_EQ(problems(), can_be_written(name));
    set_mode(name, 0644);
  }
  make_folder("state");
  for (const char* name : {"sources.d", "watchlists.d", "watchlists.d/team", "names.d", "state"}) {
    for (const unsigned mode : {0757U, 01777U}) {
      set_mode(name, mode);
      EXPECT_EQ(problems(), can_be_written(name)) << "anyone can add a file";
    }
    set_mode(name, 0755);
  }
  EXPECT_EQ(problems(), "");
}

TEST_F(ConfigFilesTest, TheFolderOfTheMainFileMayBeLikeTmp) {
  fs::permissions(folder_, fs::perms(0777));
  EXPECT_THAT(problems(), HasSubstr(folder_.string() + ": can be written by everyone"));
  fs::permissions(folder_, fs::perms(01777));
  EXPECT_EQ(problems(), "") << "nobody else can replace the file";
}

TEST_F(ConfigFilesTest, AllAreReportedAtOnce) {
  write("presswatch.toml", "[daemon]\nstate = \"state\"\nlog_level = \"loud\"\n");
  write("sources.d/a.toml", "");
  write("names.d/a.toml", "");
  for (const char* name : {"presswatch.toml", "sources.d/a.toml", "names.d/a.toml"}) set_mode(name, 0666);
  EXPECT_THAT(problems(),
              AllOf(HasSubstr("log_level"), HasSubstr(can_be_written("presswatch.toml")),
                    HasSubstr(can_be_written("sources.d/a.toml")), HasSubstr(can_be_written("names.d/a.toml"))));
}

TEST_F(ConfigFilesTest, TheDaemonsGroupMayWriteAndNoOther) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to give files to a group";
  write("watchlists.d/a.toml", kList);
  set_mode("watchlists.d/a.toml", 0664);
  EXPECT_EQ(problems(), "") << "it is this process's group";
  ASSERT_EQ(::chown((folder_ / "watchlists.d/a.toml").c_str(), static_cast<uid_t>(-1), 4242), 0);
  EXPECT_EQ(problems(), path("watchlists.d/a.toml") +
                            ": can be written by group 4242, which is not the daemon's; chmod go-w " +
                            path("watchlists.d/a.toml"));
  make_folder("state");
  ASSERT_EQ(::chown((folder_ / "state").c_str(), 4242, 4242), 0);
  EXPECT_EQ(problems(), "") << "the state folder is the daemon's";
}

TEST_F(ConfigFilesTest, TheTargetOfALinkIsChecked) {
  make_folder("watchlists.d");
  write("outside/lists/a.toml", kList);
  fs::create_symlink("../outside/lists/a.toml", folder_ / "watchlists.d/a.toml");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(watchlists_, 1U);
  const std::string leads = path("watchlists.d/a.toml") + ": leads to ";
  set_mode("outside/lists", 0777);
  EXPECT_THAT(problems(), HasSubstr(leads + path("outside/lists") + ", which can be written by everyone; chmod go-w " +
                                    path("outside/lists")));
  set_mode("outside/lists", 0755);
  set_mode("outside/lists/a.toml", 0666);
  EXPECT_THAT(problems(), HasSubstr(leads + path("outside/lists/a.toml") + ", which can be written by everyone"));
}

TEST_F(ConfigFilesTest, ALinkedFolderIsReadOnceHoweverOftenItIsLinked) {
  make_folder("watchlists.d");
  write("outside/lists/a.toml", kList);
  fs::create_symlink("../outside/lists", folder_ / "watchlists.d/team");
  fs::create_symlink(".", folder_ / "watchlists.d/circle");
  EXPECT_EQ(problems(), "");
  EXPECT_EQ(watchlists_, 1U);
}

TEST_F(ConfigFilesTest, HiddenFilesAreSkipped) {
  write("sources.d/.#a.toml", "not TOML");
  write("watchlists.d/.git/a.toml", "not TOML");
  EXPECT_EQ(problems(), "");
}

}  // namespace
}  // namespace pw::config
