#include "fakes/caught_log.hpp"
#include "source/kinds/native/native_source.hpp"
#include "unit/source/package_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>

namespace pw::native {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const Time kNow = from_ms(1'772'443'800'000);

class Frozen : public testing::Test {
 protected:
  Frozen() {
    folder_.write("frozen/plugin.toml",
                  "[plugin]\nname = \"frozen\"\nversion = \"1\"\nkind = \"native\"\nlibrary = \"frozen.so\"\n"
                  "[options.topic]\n[options.words]\ntype = \"list\"\n");
    std::filesystem::copy_file(PW_FROZEN_1_0, folder_.path() / "frozen/frozen.so");
    std::filesystem::permissions(folder_.path() / "frozen/frozen.so", std::filesystem::perms::owner_all);
  }

  std::unique_ptr<source::Source> make(std::vector<std::string> words) {
    const auto package = source::read_package(folder_.path() / "frozen");
    if (!package) throw std::runtime_error(package.error().text());
    const auto plugin = make_native_plugin(*package);
    if (!plugin) throw std::runtime_error(plugin.error().message);
    config::SourceSettings settings;
    settings.id = "frozen-1";
    settings.options.set("topic", std::string("html"));
    settings.options.set("words", std::move(words));
    return plugin->make(settings);
  }

  std::vector<source::Item> items_of(const std::string& body, const std::string& tag) {
    const auto parsed = make({"one", "two"})->parse({body, "https://x.example/list", "text/x", tag, "c0", kNow});
    if (!parsed) throw std::runtime_error(parsed.error().message);
    EXPECT_THAT(parsed->warnings, ElementsAre("text/x"));
    EXPECT_EQ(parsed->cursor, "c1");
    return parsed->items;
  }

  source::PackageFolder folder_;
};

TEST_F(Frozen, LoadsAndPolls) {
  const auto source = make({"one", "two"});
  const auto polled = source->poll({"", kNow});
  ASSERT_TRUE(polled) << polled.error().message;
  ASSERT_THAT(polled->requests, SizeIs(1));
  EXPECT_EQ(polled->requests[0].url, "https://x.example/list");
  EXPECT_EQ(polled->requests[0].tag, "html");
  EXPECT_THAT(polled->requests[0].headers, ElementsAre(std::pair<std::string, std::string>("Accept", "text/html")));
  EXPECT_EQ(polled->pace.at_least, Milliseconds{600'000});
  EXPECT_EQ(source->poll({"fail", kNow}).error().message, "as was asked for");
  EXPECT_THROW(make({"one"}), std::invalid_argument);
}

TEST_F(Frozen, ReadsPages) {
  const auto items = items_of("<ul><li><a href=/1>One</a><li><a href=/2>Two</a></ul>", "html");
  ASSERT_THAT(items, SizeIs(2));
  EXPECT_EQ(items[0].id, "/1");
  EXPECT_EQ(items[0].hints.url, "https://x.example/1");
  EXPECT_EQ(items[0].hints.title, "One");
  EXPECT_EQ(items[0].hints.published->time, kNow);
  EXPECT_THAT(items[0].hints.authors, ElementsAre("Ann"));
}

TEST_F(Frozen, ReadsJson) {
  const auto items = items_of(R"({"rows":[{"title":"T","time":1772443800}]})", "json");
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].hints.title, "T");
  EXPECT_TRUE(items[0].complete && items[0].hints.partial);
}

TEST_F(Frozen, ReadsFeeds) {
  const auto items =
      items_of("<rss version='2.0'><channel><item><title>T</title><link>/1</link></item></channel></rss>", "feed");
  ASSERT_THAT(items, SizeIs(1));
  EXPECT_EQ(items[0].hints.url, "https://x.example/1");
}

TEST_F(Frozen, ExtractsAndIsToldWhatIsStored) {
  const auto source = make({"one", "two"});
  const auto article = source->extract({"<p>A &amp; B</p>", "https://x.example/1", kNow});
  ASSERT_TRUE(article && *article);
  EXPECT_EQ((*article)->text, "A & B");
  const test::CaughtLog log;
  source->stored("c1");
  EXPECT_THAT(log.text(), HasSubstr("frozen-1: c1"));
}

}  // namespace
}  // namespace pw::native
