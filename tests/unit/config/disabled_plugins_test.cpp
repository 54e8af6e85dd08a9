#include "config/disabled_plugins.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace pw::config {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class DisabledPlugins : public testing::Test {
 protected:
  DisabledPlugins() {
    std::string name = (std::filesystem::temp_directory_path() / "pw-disabled-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    file_ = disabled_plugins_file(std::filesystem::path(name) / "presswatch.toml");
  }
  ~DisabledPlugins() override { std::filesystem::remove_all(file_.parent_path()); }

  std::filesystem::path file_;
};

TEST_F(DisabledPlugins, WithoutAFileThereAreNone) { EXPECT_THAT(read_disabled_plugins(file_), IsEmpty()); }

TEST_F(DisabledPlugins, OtherLinesAreKept) {
  std::ofstream(file_) << "# by order of the desk\nwire  # until May\n\nother\n";
  EXPECT_THAT(read_disabled_plugins(file_), ElementsAre("wire", "other"));
  ASSERT_TRUE(set_plugin_disabled(file_, "third", true));
  ASSERT_TRUE(set_plugin_disabled(file_, "wire", false));
  EXPECT_THAT(read_disabled_plugins(file_), ElementsAre("other", "third"));
  std::ifstream in(file_);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  EXPECT_EQ(text, "# by order of the desk\n\nother\nthird\n");
}

TEST_F(DisabledPlugins, TwiceIsOnce) {
  ASSERT_TRUE(set_plugin_disabled(file_, "wire", true));
  ASSERT_TRUE(set_plugin_disabled(file_, "wire", true));
  EXPECT_THAT(read_disabled_plugins(file_), ElementsAre("wire"));
}

TEST_F(DisabledPlugins, AFolderThatIsNotThereIsAnError) {
  EXPECT_FALSE(set_plugin_disabled("/nowhere/at/all/plugins.disabled", "wire", true));
}

}  // namespace
}  // namespace pw::config
