#include "config/keys/reference.hpp"
#include "config/load.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace pw::config {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class ShowTest : public testing::Test {
 protected:
  ShowTest() : file_(fs::temp_directory_path() / ("pw-show-" + std::to_string(::getpid()) + ".toml")) {}
  ~ShowTest() override { fs::remove(file_); }

  std::string shown(const std::string& text, bool effective) {
    std::ofstream(file_) << text;
    return show(load_main(file_), effective);
  }

  fs::path file_;
};

TEST_F(ShowTest, WhatIsSetIsShownWithItsPlace) {
  const std::string out = shown("[fetch]\n\nmin_gap = \"2s\"\n[daemon]\nthreads = 3\n", false);
  EXPECT_THAT(out, AllOf(HasSubstr("[daemon]\nthreads = 3 "), HasSubstr("# " + file_.string() + ":5\n"),
                         HasSubstr("[fetch]\nmin_gap = \"2s\" "), HasSubstr("# " + file_.string() + ":3\n"),
                         Not(HasSubstr("max_body")), Not(HasSubstr("[bus]"))));
}

TEST_F(ShowTest, EffectiveHasEveryKeyWithWhereItComesFrom) {
  const std::string out = shown("[fetch]\nmin_gap = \"2s\"\n", true);
  for (const TableReference& table : main_reference().tables) {
    EXPECT_THAT(out, HasSubstr("[" + std::string(table.name) + "]\n"));
    for (const KeyReference& key : table.keys) EXPECT_THAT(out, HasSubstr(std::string(key.name) + " = "));
  }
  EXPECT_THAT(out, testing::ContainsRegex("max_body = \"8MiB\" +# default\n"));
  EXPECT_THAT(out, testing::ContainsRegex("min_gap = \"2s\" +# .*:2\n"));
}

TEST_F(ShowTest, APasswordIsNotShown) {
  const std::string out = shown("[fetch]\nproxy = \"http://desk:s3cret@proxy.example:3128\"\n", true);
  EXPECT_THAT(out, AllOf(HasSubstr("http://desk:***@proxy.example:3128"), Not(HasSubstr("s3cret"))));
}

TEST_F(ShowTest, ErrorsOfTheFileAreThrown) { EXPECT_THROW(shown("[fetch]\nmin_gap = 2\n", true), ConfigError); }

}  // namespace
}  // namespace pw::config
