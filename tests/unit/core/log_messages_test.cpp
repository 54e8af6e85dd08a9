/// The table of messages against the code.
#include "core/log/messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace pw::log {
namespace {

namespace fs = std::filesystem;

/// The code of the daemon, its command and the built-in plugins, by file.
std::map<std::string, std::string> code() {
  std::map<std::string, std::string> out;
  for (const char* folder : {"daemon", "plugins"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
      const fs::path& path = entry.path();
      if (path.extension() != ".cpp" && path.extension() != ".hpp") continue;
      std::ostringstream text;
      text << std::ifstream(path).rdbuf();
      out[path.string()] = text.str();
    }
  }
  return out;
}

TEST(Messages, EachIsLoggedSomewhere) {
  std::set<std::string> used;
  // say("id", say_at(level, "id", refuse("id": the literal may be on the next line
  const std::regex call(R"re((?:\bsay|\brefuse)\(\s*"([a-z-]+)"|\bsay_at\([^,]*,\s*"([a-z-]+)")re");
  for (const auto& [file, text] : code()) {
    for (std::sregex_iterator at(text.begin(), text.end(), call), end; at != end; ++at) {
      used.insert((*at)[1].matched ? (*at)[1].str() : (*at)[2].str());
    }
  }
  for (const Message& one : kMessages) EXPECT_TRUE(used.contains(std::string(one.id))) << one.id << " is never logged";
}

TEST(Messages, NoWarningOrErrorIsLoggedWithoutARow) {
  const std::regex direct(R"(spdlog::(warn|error|critical|log)\()");
  for (const auto& [file, text] : code()) EXPECT_FALSE(std::regex_search(text, direct)) << file;
}

TEST(Messages, EachHasAnIdACauseAndACure) {
  std::set<std::string_view> seen;
  for (const Message& one : kMessages) {
    EXPECT_TRUE(seen.insert(one.id).second) << one.id << " has two rows";
    EXPECT_THAT(one.cause, testing::EndsWith(".")) << one.id;
    EXPECT_TRUE(one.level == Level::info || one.cure.ends_with('.')) << one.id;
  }
}

}  // namespace
}  // namespace pw::log
