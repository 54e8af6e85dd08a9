#include "config/keys/reference.hpp"

#include "config/load.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace pw::config {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

std::string content(const fs::path& file) {
  std::ostringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

Settings read(const std::string& text) {
  const fs::path file = fs::temp_directory_path() / ("pw-reference-" + std::to_string(::getpid()) + ".toml");
  std::ofstream(file) << text;
  const Settings settings =
      load(file, {[](std::string_view) -> std::optional<DeclaredOptions> { return std::nullopt; }, {}});
  fs::remove(file);
  return settings;
}

TEST(Reference, TheFilesOfTheProjectAreWhatTheTablesSay) {
  EXPECT_EQ(content("config/presswatch.toml"), main_sample()) << "presswatch config sample >config/presswatch.toml";
  EXPECT_EQ(content("docs/man/presswatch.toml.5"), main_manual())
      << "presswatch config manual >docs/man/presswatch.toml.5";
}

TEST(Reference, TheSampleWithEveryKeySetReadsAsTheDefaults) {
  const std::string sample = std::regex_replace(main_sample(), std::regex("(^|\n)# ([a-z_]+ = )"), "$1$2");
  ASSERT_THAT(sample, HasSubstr("\nmax_body = \"8MiB\"\n"));
  ASSERT_THAT(sample, HasSubstr("\nlog_level = \"info\"\n"));
  // WebSub's two keys go together, and are empty where it is off.
  const Settings settings = read(sample);
  const Settings defaults = read("");
  EXPECT_TRUE(restart_needed(settings, defaults).empty());
  EXPECT_EQ(settings.fetch.max_body, defaults.fetch.max_body);
  EXPECT_EQ(settings.schedule.max_age, defaults.schedule.max_age);
  EXPECT_EQ(settings.plugins.directories, defaults.plugins.directories);
}

TEST(Reference, ASchemaNamesEveryKeyAndAllowsNoOther) {
  const boost::json::value schema = boost::json::parse(main_schema());
  const auto& body = schema.at("properties").at("fetch").at("properties").at("max_body");
  EXPECT_EQ(body.at("default").to_number<int>(), 8 << 20);
  EXPECT_EQ(schema.at("properties").at("fetch").at("additionalProperties").as_bool(), false);
  EXPECT_EQ(schema.at("properties").at("daemon").at("properties").at("log_level").at("enum").as_array().size(), 6U);
}

TEST(Reference, OnlyKeysThatWaitForARestartAreNamed) {
  const Settings running = read("");
  EXPECT_TRUE(restart_needed(running, read("[fetch]\nmin_gap = \"7s\"\n")).empty());
  EXPECT_THAT(restart_needed(running, read("[bus]\nlive = \"tcp://127.0.0.1:9\"\n[daemon]\nthreads = 3\n")),
              ElementsAre("daemon.threads", "bus.live"));
}

}  // namespace
}  // namespace pw::config
