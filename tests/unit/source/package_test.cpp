#include "source/package.hpp"

#include "source/registry.hpp"
#include "unit/config/without_columns.hpp"
#include "unit/source/package_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>

namespace pw::source {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class PackageTest : public testing::Test {
 protected:
  std::string refused() {
    const auto package = read_package(folder_.path() / "wire");
    return package ? "" : without_columns(package.error().text());
  }

  PackageFolder folder_;
};

TEST_F(PackageTest, ReadsAWholeManifest) {
  folder_.write("wire/wire.so", "not really");
  folder_.write("wire/plugin.toml", R"(
[plugin]
name = "wire"
version = "1.2.3"
kind = "native"
summary = "a wire service"
library = "wire.so"
body = "html"
[options.section]
type = "text"
default = "world"
help = "which section"
[options.pages]
type = "number"
default = 2
[options.url]
type = "url"
required = true
[limits]
memory = "64MiB"
cpu_seconds = 5
call = "2s"
[access]
read = ["/usr/share/zoneinfo"]
)");
  const auto package = read_package(folder_.path() / "wire");
  ASSERT_TRUE(package) << package.error().text();
  const Package& one = **package;
  EXPECT_EQ(one.name, "wire");
  EXPECT_EQ(one.version, "1.2.3");
  EXPECT_EQ(one.kind, PackageKind::native);
  EXPECT_EQ(one.isolation, Isolation::process);
  EXPECT_EQ(one.body, Plugin::Body::html);
  EXPECT_EQ(one.library, folder_.path() / "wire" / "wire.so");
  EXPECT_EQ(one.limits.memory, 64U << 20U);
  EXPECT_EQ(one.limits.cpu_seconds, 5U);
  EXPECT_EQ(one.limits.call, Milliseconds{2000});
  EXPECT_THAT(one.readable, ElementsAre("/usr/share/zoneinfo"));
  ASSERT_EQ(one.options.size(), 3U);
  const auto section = std::ranges::find(one.options, "section", &config::OptionSpec::name);
  ASSERT_NE(section, one.options.end());
  ASSERT_NE(section->fallback, nullptr);
  EXPECT_EQ(std::get<std::string>(*section->fallback), "world");
}

TEST_F(PackageTest, EveryMistakeIsNamedWithItsLine) {
  folder_.write("wire/plugin.toml", R"([plugin]
name = "wire"
verison = "1"
kind = "nativ"
[options.Bad]
type = "txet"
[limits]
memroy = "1MiB"
call = 5
[access]
read = ["data"]
[acess]
)");
  const std::string text = refused();
  EXPECT_THAT(text, HasSubstr("plugin.toml:3: unknown key \"verison\" in plugin; did you mean \"version\"?"));
  EXPECT_THAT(text, HasSubstr("plugin.toml:4: plugin.kind must be one of toml, native, exec, not \"nativ\"; did you "
                              "mean \"native\"?"));
  EXPECT_THAT(text, HasSubstr("plugin.toml:5: options.Bad must be 1 to 64 of"));
  EXPECT_THAT(text, HasSubstr("plugin.toml:6: options.Bad.type must be one of"));
  EXPECT_THAT(text, HasSubstr("plugin.toml:8: unknown key \"memroy\" in limits; did you mean \"memory\"?"));
  EXPECT_THAT(text, HasSubstr("plugin.toml:9: limits.call must be a duration"));
  EXPECT_THAT(text, HasSubstr("plugin.toml:11: access.read \"data\" must be an absolute path"));
  EXPECT_THAT(text, HasSubstr("plugin.toml:12: unknown key \"acess\"; did you mean \"access\"?"));
}

TEST_F(PackageTest, ANameThatIsNotItsFoldersIsRefused) {
  folder_.write("wire/plugin.toml", "[plugin]\nname = \"../feed\"\nversion = \"1\"\nkind = \"toml\"\n");
  EXPECT_THAT(refused(), HasSubstr("plugin.toml:2: plugin.name must be 1 to 64 of a-z 0-9 _ -"));
  folder_.write("wire/plugin.toml", "[plugin]\nname = \"other\"\nversion = \"1\"\nkind = \"toml\"\n");
  EXPECT_THAT(refused(), HasSubstr("must be the name of its folder, \"wire\""));
}

TEST_F(PackageTest, ALibraryElsewhereIsRefused) {
  for (const std::string library : {"/tmp/x.so", "../x.so", "", "..", "missing.so"}) {
    folder_.write("wire/plugin.toml",
                  "[plugin]\nname = \"wire\"\nversion = \"1\"\nkind = \"native\"\nlibrary = \"" + library + "\"\n");
    EXPECT_THAT(refused(), HasSubstr("plugin.toml:5: plugin.library")) << library;
  }
}

TEST_F(PackageTest, AnOptionMayNotHideAKeyOfEverySource) {
  folder_.exec("wire", "[options.interval]\ntype = \"text\"\n");
  EXPECT_THAT(refused(), HasSubstr("options.interval is a key that every source has"));
}

TEST_F(PackageTest, FilesThatOthersMayWriteAreRefused) {
  folder_.exec("wire");
  ASSERT_EQ(refused(), "");
  namespace fs = std::filesystem;
  fs::permissions(folder_.path() / "wire" / "run", fs::perms::group_write, fs::perm_options::add);
  EXPECT_THAT(refused(), HasSubstr("wire/run: is writable by its group; chmod go-w it"));
  fs::permissions(folder_.path() / "wire" / "run", fs::perms::others_write, fs::perm_options::add);
  EXPECT_THAT(refused(), HasSubstr("wire/run: is writable by everyone"));
  fs::permissions(folder_.path() / "wire" / "run", fs::perms::owner_all);
  fs::permissions(folder_.path(), fs::perms::others_write, fs::perm_options::add);
  EXPECT_THAT(refused(), HasSubstr("is writable by everyone"));
}

TEST_F(PackageTest, FilesOfAnotherUserAreRefused) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can give files away";
  folder_.exec("wire");
  const auto file = folder_.path() / "wire" / "run";
  ASSERT_EQ(::chown(file.c_str(), 12345, 0), 0);
  EXPECT_THAT(refused(), HasSubstr("belongs to user 12345, which is neither root nor the daemon's user"));
}

TEST_F(PackageTest, ALinkCountsAsWhatItLeadsTo) {
  folder_.exec("wire");
  folder_.write("outside", "x");
  namespace fs = std::filesystem;
  fs::create_symlink(folder_.path() / "outside", folder_.path() / "wire" / "link");
  EXPECT_EQ(refused(), "");
  fs::permissions(folder_.path() / "outside", fs::perms::others_write, fs::perm_options::add);
  EXPECT_THAT(refused(), HasSubstr("wire/link: is writable by everyone"));
}

Result<Plugin> runs(const std::shared_ptr<const Package>& /*package*/) {
  Plugin plugin;
  plugin.make = [](const config::SourceSettings&) -> std::unique_ptr<Source> { return nullptr; };
  return plugin;
}

class RegistryTest : public PackageTest {
 protected:
  std::vector<Refusal> load() {
    const std::array<std::filesystem::path, 1> directories{folder_.path()};
    return registry_.load(directories);
  }

  std::array<Plugin, 1> builtin_{Plugin{"feed", "feeds", {}, Plugin::Body::xml, nullptr}};
  Registry registry_{builtin_, {{PackageKind::exec, runs}}};
};

TEST_F(RegistryTest, FindsBuiltInsAndPackages) {
  folder_.exec("wire", "[options.section]\ntype = \"text\"\n");
  EXPECT_TRUE(load().empty());
  ASSERT_TRUE(registry_.find("feed"));
  ASSERT_TRUE(registry_.find("wire"));
  EXPECT_FALSE(registry_.find("other"));
  const auto options = registry_.options();
  EXPECT_THAT(options.names, ElementsAre("feed", "wire"));
  EXPECT_EQ(options.find("wire")->specs[0].name, "section");
}

TEST_F(RegistryTest, ARefusedPackageIsKnownAndSaysWhyAtEveryCall) {
  folder_.write("wire/plugin.toml", "[plugin]\n");
  EXPECT_EQ(load().size(), 1U);
  const auto plugin = registry_.find("wire");
  ASSERT_TRUE(plugin);
  EXPECT_FALSE(registry_.options().find("wire")->checked);
  const auto polled = plugin->make({})->poll({});
  ASSERT_FALSE(polled);
  EXPECT_THAT(polled.error().message, HasSubstr("plugin.version is missing"));
}

TEST_F(RegistryTest, ADisabledPackageIsNotLookedAtAndSaysSo) {
  folder_.write("wire/plugin.toml", "not read");
  const std::array<std::filesystem::path, 1> directories{folder_.path()};
  const std::array<std::string, 1> disabled{"wire"};
  EXPECT_TRUE(registry_.load(directories, disabled).empty());
  const auto polled = registry_.find("wire")->make({})->poll({});
  ASSERT_FALSE(polled);
  EXPECT_EQ(polled.error().code, Errc::refused);
  EXPECT_THAT(polled.error().message, HasSubstr("presswatch plugin enable wire"));
}

TEST_F(RegistryTest, APackageCannotTakeABuiltInName) {
  folder_.exec("feed");
  ASSERT_EQ(load().size(), 1U);
  EXPECT_FALSE(registry_.find("feed")->package);
}

TEST_F(RegistryTest, OnlyWhatChangedIsMadeAnew) {
  folder_.exec("wire");
  folder_.exec("other");
  load();
  const auto wire = registry_.find("wire");
  const auto other = registry_.find("other");
  load();
  EXPECT_EQ(registry_.find("wire"), wire);
  folder_.write("wire/run", "#!/bin/sh\nexit 1\n");
  load();
  EXPECT_NE(registry_.find("wire"), wire);
  EXPECT_EQ(registry_.find("other"), other);
  std::filesystem::remove_all(folder_.path() / "other");
  load();
  EXPECT_FALSE(registry_.find("other"));
  EXPECT_EQ(other->name, "other");
}

}  // namespace
}  // namespace pw::source
