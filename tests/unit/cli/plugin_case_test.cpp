#include "cli/plugin/plugin_case.hpp"

#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/plugin/hostile_answers.hpp"
#include "unit/cli/folder_test.hpp"

#include <gmock/gmock.h>

#include <array>

namespace pw::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;
using testing::internal::CaptureStdout;
using testing::internal::GetCapturedStdout;

constexpr Time kNow = from_ms(1'772'443'800'000);

/// Requests its URL and then a second page; each line of a response is an item.
class Lines final : public source::Source {
 public:
  explicit Lines(std::string url) : url_(std::move(url)) {}
  Result<source::Emitted> poll(const source::PollInput&) override {
    source::Emitted out;
    out.requests.push_back({url_, {}, "first"});
    return out;
  }
  Result<source::Emitted> parse(const source::ParseInput& input) override {
    if (input.body.starts_with("broken")) return fail(Errc::parse, "layout changed");
    source::Emitted out;
    if (input.tag == "first") out.requests.push_back({url_ + "?page=2", {}, "second"});
    source::Item item;
    item.id = std::string(input.body);
    item.hints.title = std::string(input.body);
    out.items.push_back(std::move(item));
    return out;
  }

 private:
  std::string url_;
};

class PluginCaseTest : public FolderTest {
 protected:
  PluginCaseTest() {
    plugin_.name = "lines";
    plugin_.options = options_;
    plugin_.body = source::Plugin::Body::raw;
    plugin_.make = [](const config::SourceSettings& settings) {
      return std::make_unique<Lines>(settings.options.text("url"));
    };
  }

  static Result<fetch::FetchResponse> web(const source::Request& request) {
    fetch::FetchResponse response;
    response.status = 200;
    response.final_url = request.url;
    response.body = request.tag + " page";
    return response;
  }
  DryRun run(const Answerer& answer) { return dry_run(plugin_, settings_of(plugin_, given_).value(), kNow, answer); }

  std::vector<config::OptionSpec> options_{{"url", config::OptionType::url, true, "where it is", nullptr},
                                           {"most", config::OptionType::number, false, "how many", nullptr}};
  source::Plugin plugin_;
  std::vector<std::string> given_{"url=https://x.example/"};
};

TEST_F(PluginCaseTest, ADryRunFollowsEveryRequest) {
  const DryRun done = run(web);
  ASSERT_THAT(done.steps, SizeIs(3));
  EXPECT_FALSE(done.failed());
  EXPECT_EQ(done.steps[1].emitted.items.at(0).hints.title, "first page");
  EXPECT_EQ(done.steps[2].request.url, "https://x.example/?page=2");
  const auto failing = [](const source::Request&) -> Result<fetch::FetchResponse> {
    return fail(Errc::timeout, "late");
  };
  EXPECT_TRUE(run(failing).failed());
}

TEST_F(PluginCaseTest, WhatIsRecordedIsPlayedBackWithoutANetwork) {
  const auto where = folder_.path() / "tests" / "first";
  ASSERT_TRUE(write_case(where, given_, kNow, run(web)));
  EXPECT_THAT(find_cases(folder_.path() / "tests"), ElementsAre(where));
  EXPECT_FALSE(write_case(where, given_, kNow, run(web))) << "a case is never overwritten";
  const auto recorded = read_case(where);
  ASSERT_TRUE(recorded) << recorded.error().message;
  EXPECT_EQ(recorded->given, given_);
  EXPECT_EQ(recorded->now, kNow);
  EXPECT_THAT(recorded->answers, SizeIs(2));
  EXPECT_EQ(play_case(plugin_, where, false).value(), "");
}

TEST_F(PluginCaseTest, ADifferenceIsShownAndBecomesTheExpectedOneWhenAskedFor) {
  const auto where = folder_.path() / "tests" / "first";
  ASSERT_TRUE(write_case(where, given_, kNow, run(web)));
  write("tests/first/answer-2", "another page");
  const auto difference = play_case(plugin_, where, false);
  ASSERT_TRUE(difference) << difference.error().message;
  EXPECT_THAT(*difference, testing::AllOf(HasSubstr("- "), HasSubstr("+ "), HasSubstr("another page")));
  EXPECT_EQ(play_case(plugin_, where, true).value(), "");
  EXPECT_EQ(play_case(plugin_, where, false).value(), "");
}

TEST_F(PluginCaseTest, ACaseMayNotReadOtherFolders) {
  write("bad/case.json", R"({"options":["url=https://x.example/"],"now":"2026-03-02T09:30:00Z",
    "answers":[{"url":"https://x.example/","file":"../presswatch.toml"}]})");
  EXPECT_THAT(read_case(folder_.path() / "bad").error().message, HasSubstr("\"file\" must be a name"));
  write("bad/case.json", R"({"options":[],"now":"never","answers":[]})");
  EXPECT_THAT(read_case(folder_.path() / "bad").error().message, HasSubstr("no date"));
}

TEST_F(PluginCaseTest, OptionsAreCheckedAgainstWhatThePluginDeclares) {
  const auto why = [this](const std::vector<std::string>& given) {
    const auto settings = settings_of(plugin_, given);
    return settings ? "" : settings.error().message;
  };
  EXPECT_EQ(why({"url=https://x.example/", "most=5"}), "");
  EXPECT_THAT(why({}), HasSubstr("the option url is missing"));
  EXPECT_THAT(why({"url=x", "most=five"}), HasSubstr("most must be a whole number"));
  EXPECT_THAT(why({"url=x", "nothing=1"}), HasSubstr("\"nothing=1\" is not NAME=VALUE"));
}

TEST(LineDifference, ShowsWhatDiffersWithTwoLinesAround) {
  EXPECT_EQ(line_difference("a\nb\n", "a\nb\n"), "");
  EXPECT_EQ(line_difference("1\n2\n3\nold\n4\n5\n6\n", "1\n2\n3\nnew\n4\n5\n6\n"),
            "  2\n  3\n- old\n+ new\n  4\n  5\n");
  EXPECT_EQ(line_difference("", "a\n"), "+ a\n");
}

TEST(HostileAnswers, AreTheSameEachTimeAndDiffer) {
  const auto answers = hostile_answers(R"({"items":[{"id":1}]})");
  EXPECT_GT(answers.size(), 30U);
  const auto again = hostile_answers(R"({"items":[{"id":1}]})");
  ASSERT_EQ(answers.size(), again.size());
  for (std::size_t i = 0; i < answers.size(); ++i) EXPECT_EQ(answers[i].body, again[i].body) << answers[i].name;
  EXPECT_FALSE(hostile_answers("").empty());
}

TEST_F(PluginCaseTest, ANewPackageIsReadAndNeverOverwritesAnother) {
  const auto plugin_new = [](const std::filesystem::path& folder) {
    const std::string path = folder.string();
    const std::array argv = {"presswatch", "plugin", "new", path.c_str(), "--lang", "toml"};
    return run_command_line(static_cast<int>(argv.size()), argv.data());
  };
  CaptureStdout();
  EXPECT_EQ(plugin_new(folder_.path() / "wire"), kExitOk);
  EXPECT_THAT(GetCapturedStdout(), HasSubstr("plugin test"));
  EXPECT_THAT(read("wire/plugin.toml"), HasSubstr("name = \"wire\""));
  EXPECT_THAT(find_cases(folder_.path() / "wire" / "tests"), SizeIs(1));
  testing::internal::CaptureStderr();
  EXPECT_EQ(plugin_new(folder_.path() / "wire"), kExitFailed);
  EXPECT_EQ(plugin_new(folder_.path() / "Not A Name"), kExitFailed);
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              testing::AllOf(HasSubstr("already exists"), HasSubstr("must be 1 to 64")));
}

}  // namespace
}  // namespace pw::cli
