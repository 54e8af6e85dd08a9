#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "config/load.hpp"
#include "unit/cli/folder_test.hpp"

#include <boost/json/parse.hpp>
#include <gmock/gmock.h>

namespace pw::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::internal::CaptureStderr;
using testing::internal::CaptureStdout;
using testing::internal::GetCapturedStderr;
using testing::internal::GetCapturedStdout;

constexpr std::string_view kLists =
    "# the desk's lists\n\n[[watchlist]]\nid = \"iran\"\nkeywords = [\"Iran\"] # and more to come\n\n"
    "[[watchlist]]\nid = \"old\"\nenabled = false\nkeywords = [\"Persia\"]\n";

/// Runs the verbs in this process, with a configuration of its own and no daemon.
class WatchlistVerbsTest : public FolderTest {
 protected:
  WatchlistVerbsTest() : config_(write("presswatch.toml", "[daemon]\nstate = \"state\"\ncontrol = \"none.sock\"\n")) {
    write("watchlists.d/desk.toml", kLists);
  }

  /// Runs `presswatch watchlist` with these arguments.
  int call(std::vector<std::string> arguments) {
    std::vector<const char*> argv = {"presswatch", "watchlist"};
    for (const std::string& one : arguments) argv.push_back(one.c_str());
    argv.insert(argv.end(), {"--config", config_.c_str()});
    CaptureStdout();
    CaptureStderr();
    const int code = run_command_line(static_cast<int>(argv.size()), argv.data());
    out_ = GetCapturedStdout();
    err_ = GetCapturedStderr();
    return code;
  }
  int add(const std::string& id, const std::string& keywords) { return call({"add", id, "--keywords", keywords}); }
  int remove(const std::string& id) { return call({"remove", id}); }

  std::string config_;
  std::string out_;
  std::string err_;
};

TEST_F(WatchlistVerbsTest, ListsEveryWatchlistWithItsStateAndWithoutADaemonNoCounts) {
  ASSERT_EQ(call({"list", "--json"}), kExitOk) << err_;
  const auto rows = boost::json::parse(out_).at("watchlists").as_array();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].at("id"), "iran");
  EXPECT_EQ(rows[0].at("state"), "active");
  EXPECT_EQ(rows[0].at("line"), 3);
  EXPECT_EQ(rows[0].at("alerts"), nullptr);
  EXPECT_EQ(rows[1].at("state"), "disabled");
}

TEST_F(WatchlistVerbsTest, AddWritesAFileThatIsReadBack) {
  ASSERT_EQ(add("georgia", "Tbilisi,Batumi"), kExitOk) << err_;
  EXPECT_THAT(out_, AllOf(HasSubstr("georgia.toml"), HasSubstr("the daemon is not running")));
  const auto settings = config::load(config_, {});
  ASSERT_EQ(settings.watchlists.size(), 3U);
  EXPECT_EQ(settings.watchlists[2]->id, "georgia");
  EXPECT_THAT(settings.watchlists[2]->keywords, testing::ElementsAre("Tbilisi", "Batumi"));
}

TEST_F(WatchlistVerbsTest, AddRefusesATwinAndAWrongQueryAndWritesNothing) {
  EXPECT_EQ(add("iran", "x"), kExitFailed);
  EXPECT_THAT(err_, AllOf(HasSubstr("there is a watchlist \"iran\" already"), HasSubstr("desk.toml:3")));
  EXPECT_THROW(call({"add", "gas", "--query", "gas AND"}), config::ConfigError);
  out_ = GetCapturedStdout();
  err_ = GetCapturedStderr();
  EXPECT_FALSE(exists("watchlists.d/gas.toml"));
}

TEST_F(WatchlistVerbsTest, RemoveLeavesEveryOtherByte) {
  ASSERT_EQ(remove("old"), kExitOk) << err_;
  EXPECT_EQ(read("watchlists.d/desk.toml"), std::string(kLists.substr(0, kLists.find("[[watchlist]]\nid = \"old\""))));
  EXPECT_EQ(remove("irn"), kExitFailed);
  EXPECT_THAT(err_, HasSubstr("did you mean \"iran\"?"));
  ASSERT_EQ(add("alone", "x"), kExitOk);
  ASSERT_EQ(remove("alone"), kExitOk);
  EXPECT_FALSE(exists("watchlists.d/alone.toml"));
}

TEST_F(WatchlistVerbsTest, ImportTakesAllOrNothing) {
  const std::string file = write("in.txt", "gas oil\nfiletype:pdf\n");
  EXPECT_EQ(call({"import", file}), kExitFailed);
  EXPECT_THAT(err_, AllOf(HasSubstr("in.txt:2:"), HasSubstr("nothing is imported")));
  EXPECT_FALSE(exists("watchlists.d/in.toml"));
  write("in.txt", "gas oil\nIran OR Baku\n");
  EXPECT_EQ(call({"import", file, "--dry-run"}), kExitOk) << err_;
  EXPECT_THAT(out_, HasSubstr("gas AND oil"));
  EXPECT_FALSE(exists("watchlists.d/in.toml"));
  EXPECT_EQ(call({"import", file}), kExitOk) << err_;
  EXPECT_THAT(read("watchlists.d/in.toml"), HasSubstr("Iran OR Baku"));
}

TEST_F(WatchlistVerbsTest, TestSaysWhatWouldBecomeOfAnArticle) {
  EXPECT_EQ(call({"test", "iran", write("yes.txt", "Talks in Iran\nThey met.\n")}), kExitOk) << out_ << err_;
  EXPECT_EQ(call({"test", "iran", write("no.txt", "Rain\nIt rained.\n")}), kExitNoMatch) << out_;
  EXPECT_THAT(out_, Not(testing::IsEmpty()));
}

}  // namespace
}  // namespace pw::cli
