#include "cli/config_reference.hpp"

#include "config/keys/reference.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace pw::cli {
namespace {

using testing::HasSubstr;

std::string content(const char* file) {
  std::ostringstream out;
  out << std::ifstream(file).rdbuf();
  return out.str();
}

TEST(ConfigReference, TheFilesOfTheProjectAreWhatTheTablesSay) {
  EXPECT_EQ(content("config/presswatch.toml"), config::sample(config_references().front()))
      << "presswatch config sample >config/presswatch.toml";
  EXPECT_EQ(content("docs/man/presswatch.toml.5"), config::manual(config_references()))
      << "presswatch config manual >docs/man/presswatch.toml.5";
}

TEST(ConfigReference, BuiltInPluginsAndManifestsAreInThePage) {
  EXPECT_EQ(config_references().size(), kConfigFiles.size());
  const std::string page = config::manual(config_references());
  for (const char* part : {"plugin = \\(dqwebpage\\(dq", "number from 1 to 20", "[options.NAME]", ".B cpu_seconds"}) {
    EXPECT_THAT(page, HasSubstr(part));
  }
}

TEST(ConfigReference, EveryKeyHasAValueToShow) {
  for (const config::FileReference& file : config_references()) {
    for (const config::TableReference& table : file.tables) {
      std::vector<config::KeyReference> keys = table.keys;
      for (const auto& one : table.variants) keys.insert(keys.end(), one.keys.begin(), one.keys.end());
      for (const config::KeyReference& key : keys) {
        EXPECT_FALSE(key.fallback.empty() && key.example.empty()) << file.name << ' ' << key.name;
      }
    }
  }
}

}  // namespace
}  // namespace pw::cli
