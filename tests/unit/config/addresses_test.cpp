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
using testing::HasSubstr;
using testing::Optional;

class AddressesTest : public testing::Test {
 protected:
  AddressesTest() : folder_(fs::temp_directory_path() / ("pw-addresses-" + std::to_string(::getpid()))) {
    fs::create_directories(folder_);
  }
  ~AddressesTest() override { fs::remove_all(folder_); }

  Addresses load(const std::string& text) {
    std::ofstream(folder_ / "presswatch.toml") << text;
    return load_addresses(folder_ / "presswatch.toml");
  }

  fs::path folder_;
};

TEST_F(AddressesTest, AreTheDefaultsOfAFileWithoutMistakes) {
  const Addresses found = load("[daemon]\nlog_level = \"warn\"\n");
  EXPECT_THAT(found.control, Optional(fs::path("/run/presswatch/control.sock")));
  EXPECT_THAT(found.live, Optional(std::string("tcp://127.0.0.1:7701")));
  EXPECT_THAT(found.log, Optional(std::string("tcp://127.0.0.1:7702")));
  EXPECT_TRUE(found.problems.empty());
}

TEST_F(AddressesTest, AreWhatIsGivenWhateverElseIsWrong) {
  const Addresses found = load(
      "[daemon]\ncontrol = \"c.sock\"\nthreads = \"many\"\n[bus]\nlive = \"tcp://127.0.0.1:1\"\n"
      "log = \"tcp://127.0.0.1:2\"\nhart = 1\n");
  EXPECT_THAT(found.control, Optional(folder_ / "c.sock"));
  EXPECT_THAT(found.live, Optional(std::string("tcp://127.0.0.1:1")));
  EXPECT_THAT(found.log, Optional(std::string("tcp://127.0.0.1:2")));
  EXPECT_EQ(found.problems.size(), 2U);
}

TEST_F(AddressesTest, AreMissingWhereAMistakeMayHaveMeantThem) {
  EXPECT_FALSE(load("[daemon]\ncontrl = \"c.sock\"\n").control);
  EXPECT_FALSE(load("[deamon]\ncontrol = \"c.sock\"\n").control);
  EXPECT_FALSE(load("[daemon]\ncontrol = 1\n").control);
  EXPECT_FALSE(load("daemon = 1\n").control);
  const Addresses found = load("[bus]\nlive = 7701\nlog = \"tcp://127.0.0.1:2\"\n");
  EXPECT_FALSE(found.live);
  EXPECT_FALSE(found.control);
  EXPECT_THAT(found.log, Optional(std::string("tcp://127.0.0.1:2")));
}

TEST_F(AddressesTest, AFileThatCannotBeReadIsAnErrorWithItsPlace) {
  try {
    load("[daemon]\ncontrol = \n");
    FAIL() << "it is not TOML";
  } catch (const ConfigError& error) {
    EXPECT_THAT(error.what(), HasSubstr("presswatch.toml:2:"));
  }
  EXPECT_THROW(load_addresses(folder_ / "missing.toml"), ConfigError);
}

}  // namespace
}  // namespace pw::config
