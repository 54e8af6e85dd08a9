#include "cli/inspect/inspect.hpp"

#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "unit/cli/folder_test.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <stdexcept>

namespace pw::cli {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::internal::CaptureStderr;
using testing::internal::CaptureStdout;
using testing::internal::GetCapturedStderr;
using testing::internal::GetCapturedStdout;

class InspectTest : public FolderTest {
 protected:
  /// Returns the output for one line of a batch.
  json::object batch(const InspectKind& kind, const std::string& row) {
    const json::value parsed = json::parse(row);
    const BatchCase one{parsed.as_object(), folder_.path(), ""};
    WorkClock clock;
    return kind.batch(one, clock);
  }
  static json::object single(const InspectKind& kind, std::string bytes, std::string url = "") {
    SingleInput input;
    input.bytes = std::move(bytes);
    input.url = std::move(url);
    return kind.single(input);
  }
  static int run(const std::string& kind, const std::vector<std::string>& inputs, const std::string& batch = "") {
    std::vector<const char*> argv = {"presswatch", "inspect", kind.c_str()};
    for (const std::string& one : inputs) argv.push_back(one.c_str());
    if (!batch.empty()) argv.insert(argv.end(), {"--batch", batch.c_str()});
    return run_command_line(static_cast<int>(argv.size()), argv.data());
  }
};

TEST_F(InspectTest, EveryKindHasANameOfItsOwnAndBothForms) {
  std::set<std::string_view> names;
  for (const InspectKind* kind : inspect_kinds()) {
    EXPECT_TRUE(names.insert(kind->name).second) << kind->name;
    EXPECT_NE(kind->batch, nullptr) << kind->name;
    EXPECT_NE(kind->single, nullptr) << kind->name;
    EXPECT_FALSE(kind->summary.empty()) << kind->name;
  }
}

TEST_F(InspectTest, Dates) {
  EXPECT_EQ(single(kInspectDate, "Tue, 3 Mar 2026 10:00:00 GMT").at("utc"), "2026-03-03T10:00:00Z");
  EXPECT_EQ(single(kInspectDate, "31 February 2026").at("utc"), nullptr);
  EXPECT_EQ(batch(kInspectDate, R"({"input":"2026-03-03T12:00:00+02:00"})").at("utc"), "2026-03-03T10:00:00Z");
}

TEST_F(InspectTest, Urls) {
  const auto url = single(kInspectUrl, "../b?utm_source=x&id=1#f", "https://www.example.org/a/c/");
  EXPECT_EQ(url.at("href"), "https://www.example.org/a/b?utm_source=x&id=1#f");
  EXPECT_EQ(url.at("article_key"), "https://example.org/a/b?id=1");
  EXPECT_TRUE(single(kInspectUrl, "no url").contains("error"));
  EXPECT_EQ(batch(kInspectUrl, R"({"input":"/x","base":"https://a.example/y"})").at("href"), "https://a.example/x");
}

TEST_F(InspectTest, CharsetsAndTheirBytes) {
  EXPECT_EQ(batch(kInspectCharset, R"({"kind":"label","label":"latin1"})").at("encoding"), "windows-1252");
  EXPECT_EQ(batch(kInspectCharset, R"({"kind":"decode","encoding":"windows-1251","bytes_b64":"weDq8w=="})").at("text"),
            "\xD0\x91\xD0\xB0\xD0\xBA\xD1\x83");
  EXPECT_THROW(batch(kInspectCharset, R"({"kind":"decode","bytes_b64":"*"})"), std::runtime_error);
  EXPECT_THROW(batch(kInspectCharset, R"({"kind":"decode"})"), std::runtime_error);
}

TEST_F(InspectTest, QueriesSelectorsFeedsAndRobots) {
  EXPECT_FALSE(single(kInspectQuery, "Iran AND Baku").contains("error"));
  EXPECT_THAT(std::string(single(kInspectQuery, "Iran AND").at("shown").as_string()), HasSubstr("^"));
  const auto selected = kInspectSelector.single({"li.a", "", "", "<ul><li class=a>x</li><li>y</li></ul>", false, ""});
  EXPECT_EQ(selected.at("outer").as_array().size(), 1U);
  const auto feed =
      single(kInspectFeed, "<rss><channel><title>t</title><item><title>Iran</title></item></channel></rss>");
  EXPECT_EQ(feed.at("kind"), "rss");
  EXPECT_EQ(feed.at("entries").at(0).at("title"), "Iran");
  const std::string robots = "User-agent: *\nDisallow: /x\n";
  EXPECT_EQ(kInspectRobots.single({robots, "", "", "https://a.example/x/1", false, ""}).at("allowed"), false);
  EXPECT_EQ(kInspectRobots.single({robots, "", "", "https://a.example/y", false, ""}).at("allowed"), true);
}

TEST_F(InspectTest, AnUnknownKindIsNamedWithTheNearest) {
  CaptureStderr();
  EXPECT_EQ(run("dat", {"x"}), kExitUsage);
  EXPECT_THAT(GetCapturedStderr(), HasSubstr("did you mean \"date\"?"));
  CaptureStderr();
  EXPECT_EQ(run("date", {}), kExitUsage);
  EXPECT_EQ(run("feed", {(folder_.path() / "none").string()}), kExitFailed);
  EXPECT_THAT(GetCapturedStderr(), HasSubstr("cannot open"));
}

TEST_F(InspectTest, ABatchGivesALineForEachCaseAlsoForOneThatFails) {
  const std::string file = write("cases.jsonl",
                                 "{\"id\":\"a\",\"kind\":\"label\",\"label\":\"utf8\"}\n\n"
                                 "{\"id\":\"b\",\"kind\":\"decode\"}\n");
  CaptureStdout();
  EXPECT_EQ(run("charset", {}, file), kExitOk);
  EXPECT_EQ(GetCapturedStdout(),
            "{\"encoding\":\"UTF-8\",\"id\":\"a\"}\n{\"error\":\"the case has no \\\"bytes_b64\\\"\",\"id\":\"b\"}\n");
  CaptureStdout();
  CaptureStderr();
  EXPECT_EQ(run("charset", {}, write("bad.jsonl", "{}\n[]\n")), kExitUsage);
  GetCapturedStdout();
  EXPECT_THAT(GetCapturedStderr(), HasSubstr("bad.jsonl:2: not a JSON object"));
}

TEST_F(InspectTest, FilesOfACaseAreBesideTheBatch) {
  write("part/a.txt", "hello");
  const json::value row = json::parse(R"({"file":"part/a.txt","none":"part/b.txt"})");
  const BatchCase one{row.as_object(), folder_.path(), ""};
  EXPECT_EQ(one.file("file"), "hello");
  EXPECT_THROW((void)one.file("none"), std::runtime_error);
  EXPECT_THROW((void)one.file("missing"), std::runtime_error);
}

}  // namespace
}  // namespace pw::cli
