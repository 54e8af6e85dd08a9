#include "config/load.hpp"
#include "config/watchlist_files.hpp"
#include "unit/config/without_columns.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <vector>

namespace pw::config {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;

std::string list(const std::string& id, const std::string& more = "") {
  return "[[watchlist]]\nid = \"" + id + "\"\nkeywords = [\"x\"]\n" + more;
}

class ReuseTest : public testing::Test {
 protected:
  ReuseTest() : folder_(fs::temp_directory_path() / ("pw-reuse-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_ / "watchlists.d");
    std::ofstream(folder_ / "presswatch.toml");
  }
  ~ReuseTest() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path path(const std::string& name) const { return folder_ / "watchlists.d" / name; }
  void write(const std::string& name, const std::string& text) const { std::ofstream(path(name)) << text; }
  static FileStamp& stamp(const Settings& settings, std::size_t file) {
    return const_cast<WatchlistFile&>(*settings.watchlist_files.at(file)).found.stamp;
  }
  /// Makes the stamps count as proof, as if the files had been written a while ago.
  static void settle(const Settings& settings) {
    for (std::size_t i = 0; i < settings.watchlist_files.size(); ++i) stamp(settings, i).settled = true;
  }
  /// Gives `settings` the stamp that its only file has now.
  void take_stamp(const Settings& settings, bool settled) const {
    struct stat status {};
    ASSERT_EQ(::stat(settings.watchlist_files.at(0)->found.path.c_str(), &status), 0);
    stamp(settings, 0) = stamp_of(status);
    stamp(settings, 0).settled = settled;
  }
  Settings load(const Settings* before = nullptr) const {
    return config::load(folder_ / "presswatch.toml", {}, {before, {}});
  }
  std::string problems(const Settings& before) const {
    try {
      load(&before);
    } catch (const ConfigError& error) {
      return without_columns(error.what());
    }
    return "";
  }
  static std::vector<std::string> ids(const Settings& settings) {
    std::vector<std::string> out;
    for (const auto& one : settings.watchlists) out.push_back(one->id);
    return out;
  }

  fs::path folder_;
};

TEST_F(ReuseTest, AFileWhoseStampIsTheSameIsNotEvenOpened) {
  write("a.toml", list("a"));
  const Settings before = load();
  write("a.toml", list("b"));
  take_stamp(before, true);
  const Settings after = load(&before);
  EXPECT_EQ(after.watchlists, before.watchlists);
  EXPECT_EQ(after.watchlist_files, before.watchlist_files);
}

TEST_F(ReuseTest, TheStampOfAFileThatWasJustWrittenProvesNothing) {
  write("a.toml", list("a"));
  const Settings before = load();
  EXPECT_FALSE(stamp(before, 0).settled);
  write("a.toml", list("b"));
  take_stamp(before, false);
  EXPECT_THAT(ids(load(&before)), ElementsAre("b"));
}

TEST_F(ReuseTest, OnlyTheChangedFileIsParsed) {
  write("a.toml", list("a"));
  write("b.toml", list("b"));
  const Settings before = load();
  settle(before);
  write("b.toml", list("b") + list("c"));
  const Settings after = load(&before);
  EXPECT_THAT(ids(after), ElementsAre("a", "b", "c"));
  EXPECT_EQ(after.watchlists[0], before.watchlists[0]);
  EXPECT_NE(after.watchlists[1], before.watchlists[1]);
}

TEST_F(ReuseTest, AFileThatWasOnlyTouchedIsNotParsed) {
  write("a.toml", list("a"));
  const Settings before = load();
  settle(before);
  fs::last_write_time(path("a.toml"), fs::file_time_type::clock::now() + 1h);
  EXPECT_EQ(load(&before).watchlists, before.watchlists);
}

TEST_F(ReuseTest, RemovedAndRenamedFiles) {
  write("a.toml", list("a"));
  write("b.toml", list("b"));
  const Settings before = load();
  fs::remove(path("a.toml"));
  fs::rename(path("b.toml"), path("z.toml"));
  write("c.toml", list("c"));
  EXPECT_THAT(ids(load(&before)), ElementsAre("c", "b"));
}

TEST_F(ReuseTest, AListFollowsItsGroupInAnotherFile) {
  write("a.toml", list("a", "group = \"east\"\n"));
  write("g.toml", "[group]\nid = \"east\"\npriority = \"high\"\n" + list("g"));
  write("z.toml", list("z"));
  const Settings before = load();
  settle(before);
  EXPECT_EQ(before.watchlists[0]->priority, "high");
  write("g.toml", "[group]\nid = \"east\"\npriority = \"low\"\n" + list("g"));
  const Settings after = load(&before);
  EXPECT_THAT(ids(after), ElementsAre("a", "g", "z"));
  EXPECT_EQ(after.watchlists[0]->priority, "low");
  EXPECT_EQ(after.watchlists[1]->priority, "low");
  EXPECT_EQ(after.watchlists[2], before.watchlists[2]);
  settle(after);
  fs::remove(path("g.toml"));
  EXPECT_THAT(problems(after), HasSubstr("a.toml:4: watchlist.group \"east\" is unknown"));
}

TEST_F(ReuseTest, DuplicatesOfUnchangedListsAreFound) {
  write("b.toml", list("b"));
  const Settings before = load();
  settle(before);
  write("a.toml", list("b"));
  EXPECT_THAT(problems(before), HasSubstr("a.toml:2: watchlist.id \"b\" is used twice, first at"));
}

TEST_F(ReuseTest, LimitsOfUnchangedListsAreCheckedAgainstTheSourcesOfNow) {
  fs::create_directories(folder_ / "sources.d");
  const fs::path source = folder_ / "sources.d" / "s.toml";
  std::ofstream(source) << "[[source]]\nid = \"wire\"\nplugin = \"feed\"\n";
  write("a.toml", list("a", "sources = [\"wire\"]\n"));
  const PluginOptions any{[](std::string_view) { return DeclaredOptions{}; }, {}};
  const Settings before = config::load(folder_ / "presswatch.toml", any);
  fs::remove(source);
  EXPECT_THAT(problems(before), HasSubstr("a.toml:4: sources of watchlist \"a\": there is no \"wire\""));
}

TEST_F(ReuseTest, FilesAreOrderedByPathWithFoldersAsUnits) {
  fs::create_directories(path("a/deep"));
  write("a-b.toml", list("a-b"));
  write("a/z.toml", list("a.z"));
  write("a/deep/x.toml", list("a.deep.x"));
  write("a.toml", list("a"));
  write("a/.hidden.toml", list("hidden"));
  write("b.txt", "no TOML");
  EXPECT_THAT(ids(load()), ElementsAre("a.deep.x", "a.z", "a-b", "a"));
}

TEST_F(ReuseTest, WhatCannotBeReadIsAnError) {
  fs::create_symlink(path("nowhere"), path("link.toml"));
  EXPECT_THAT(problems({}), HasSubstr("nowhere, which does not exist"));
  fs::remove(path("link.toml"));
  ASSERT_EQ(::mkfifo(path("pipe.toml").c_str(), 0600), 0);
  EXPECT_THAT(problems({}), HasSubstr("pipe.toml: is not a file"));
}

TEST_F(ReuseTest, AStopEndsALoad) {
  write("a.toml", list("a"));
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(config::load(folder_ / "presswatch.toml", {}, {nullptr, stop.get_token()}), std::runtime_error);
}

}  // namespace
}  // namespace pw::config
