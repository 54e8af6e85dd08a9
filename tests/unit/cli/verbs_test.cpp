#include "cli/command_line.hpp"
#include "cli/commands.hpp"
#include "cli/verb.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

namespace pw::cli {
namespace {

using testing::HasSubstr;

struct Ran {
  int code;
  std::string out;
  std::string err;
};

Ran run(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "presswatch");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code = run_command_line(static_cast<int>(arguments.size()), arguments.data());
  return {code, testing::internal::GetCapturedStdout(), testing::internal::GetCapturedStderr()};
}

std::string full_name(const Verb& verb) {
  return verb.group.empty() ? std::string(verb.name) : std::string(verb.group) + ' ' + std::string(verb.name);
}

/// presswatch(1) without markup.
std::string manual_page() {
  std::ostringstream out;
  out << std::ifstream("docs/man/presswatch.1").rdbuf();
  std::string text = out.str();
  std::erase_if(text, [](char c) { return c == '"' || c == '\\'; });
  return text;
}

TEST(Verbs, EachIsInTheManualPageAndHasItsHelp) {
  const std::string manual = manual_page();
  std::set<std::string> seen;
  for (const Verb& verb : verbs()) {
    EXPECT_THAT(manual, HasSubstr(full_name(verb)));
    EXPECT_TRUE(seen.insert(full_name(verb)).second) << full_name(verb) << " has two rows";
    Arguments arguments;
    EXPECT_TRUE(verb.declare(arguments)) << full_name(verb);
    for (const Argument& one : arguments.list) {
      EXPECT_NE(one.hidden, !one.help.empty()) << full_name(verb) << ' ' << one.names;
    }
  }
}

TEST(Verbs, HelpListsTheVerbsOfAGroup) {
  const Ran all = run({"--help"});
  EXPECT_EQ(all.code, kExitOk);
  for (const VerbGroup& group : verb_groups()) EXPECT_THAT(all.out, HasSubstr(std::string(group.help)));
  EXPECT_THAT(run({"query", "--help"}).out, HasSubstr("translate"));
}

TEST(Verbs, AChoiceIsTakenInUpperOrLowerCase) {
  EXPECT_EQ(run({"query", "translate", "--from", "LEXIS", "oil w/5 gas"}).out, "(oil NEAR/4 gas)\n");
  const Ran wrong = run({"query", "translate", "--from", "google", "oil"});
  EXPECT_EQ(wrong.code, kExitUsage);
  EXPECT_THAT(wrong.err, HasSubstr("lexis"));
}

TEST(Verbs, AFileOfTheConfigurationHasTwoNames) {
  EXPECT_EQ(run({"config", "schema", "package"}).out, run({"config", "schema", "plugin"}).out);
  EXPECT_EQ(run({"config", "sample", "source"}).out, run({"config", "sample", "sources"}).out);
  EXPECT_THAT(run({"config", "schema", "watchlist"}).out, HasSubstr("watchlists.d/*.toml"));
}

TEST(Verbs, AWrongCommandLineHasACodeOfItsOwn) {
  EXPECT_EQ(run({"no-such-verb"}).code, kExitUsage);
  EXPECT_EQ(run({"query"}).code, kExitUsage);
  EXPECT_EQ(run({"query", "translate", "oil"}).code, kExitUsage) << "--from is required";
  EXPECT_EQ(run({"watchlist", "add", "x", "--query", "a", "--keywords", "b"}).code, kExitUsage);
}

}  // namespace
}  // namespace pw::cli
