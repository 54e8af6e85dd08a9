#include "source/kinds/exec/exec_source.hpp"

#include "unit/source/package_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <iterator>
#include <thread>

namespace pw::exec {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::SizeIs;

constexpr Time kNow = from_ms(1772443800000);

/// A Python plugin that sends ready and then runs `answer` for each call.
constexpr std::string_view kPrelude = R"(#!/usr/bin/python3
import json, os, signal, subprocess, sys, time
def read():
    line = sys.stdin.readline()
    if not line: sys.exit(0)
    return json.loads(line)
def write(**message):
    sys.stdout.write(json.dumps(message) + "\n"); sys.stdout.flush()
hello = read()
folder = os.environ["HOME"]
)";
constexpr std::string_view kReady = R"(
write(type="ready", protocol=1, version="1", extracts=True)
while True:
    m = read()
    if m["type"] == "ack":
        open(folder + "/acked", "w").write(m["cursor"]); continue
)";

class Exec : public testing::Test {
 protected:
  /// Runs `body` for each call `m`.
  std::unique_ptr<ExecSource> source(const std::string& body, const std::string& limits = "call = \"60s\"\n") {
    std::string indented;
    for (std::size_t at = 0; at < body.size();) {
      const std::size_t end = std::min(body.find('\n', at), body.size());
      indented += "    " + body.substr(at, end - at) + "\n";
      at = end + 1;
    }
    return program(std::string(kPrelude) + std::string(kReady) + indented, limits);
  }
  std::unique_ptr<ExecSource> program(const std::string& text, const std::string& limits = "call = \"60s\"\n") {
    folder_.exec("it", "isolation = \"none\"\n[limits]\n" + limits);
    folder_.write("it/run", text);
    const auto package = source::read_package(folder_.path() / "it");
    if (!package) throw std::runtime_error(package.error().text());
    config::SourceSettings settings;
    settings.id = "test";
    return std::make_unique<ExecSource>(*package, settings, launcher_);
  }
  [[nodiscard]] std::string file(const std::string& name) const {
    std::ifstream in(folder_.path() / "it" / name);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  static std::string failure(ExecSource& source) {
    const auto polled = source.poll({"", kNow});
    return polled ? "" : polled.error().message;
  }
  static std::string eventually(const std::function<std::string()>& read) {
    wait_until([&] { return !read().empty(); });
    return read();
  }
  /// Returns after a minute at the latest; the caller then checks the condition again.
  static void wait_until(const std::function<bool()>& done) {
    for (int i = 0; i < 3000 && !done(); ++i) std::this_thread::sleep_for(20ms);
  }
  /// Also true for a zombie process.
  static bool has_ended(const std::string& pid) {
    std::ifstream stat("/proc/" + pid + "/stat");
    const std::string line{std::istreambuf_iterator<char>(stat), {}};
    return line.empty() || line.find(") Z ") != std::string::npos;
  }

  source::PackageFolder folder_;
  std::shared_ptr<Launcher> launcher_ = std::make_shared<Launcher>(Launcher::Setup{{}, {}, 200ms});
};

TEST_F(Exec, AChildIsTheFirstToBeEndedWhenMemoryRunsOut) {
  const auto it = source(
      "for _ in range(500):\n"
      "    score = open('/proc/self/oom_score_adj').read().strip()\n"
      "    if score == '1000': break\n"
      "    time.sleep(0.01)\n"
      "write(type='result', id=m['id'], items=[{'title': score}])",
      "call = \"20s\"\n");
  const auto polled = it->poll({"", kNow});
  ASSERT_TRUE(polled) << polled.error().message;
  ASSERT_THAT(polled->items, SizeIs(1));
  EXPECT_EQ(polled->items[0].hints.title, "1000");
}

TEST_F(Exec, CallsAreAnsweredByOneChild) {
  const auto made = source(R"(
if m["call"] == "poll":
    write(type="emit", id=m["id"], items=[{"id": "1", "title": "pid %d" % os.getpid()}])
    write(type="result", id=m["id"], requests=[{"url": "https://x.example/", "tag": m["cursor"]}], cursor="c2")
elif m["call"] == "parse":
    write(type="result", id=m["id"], items=[{"id": "2", "title": m["body"] + m["tag"], "text": "pid %d" % os.getpid()}])
else:
    write(type="result", id=m["id"], article={"title": m["html"], "text": "t"}))");
  const auto polled = made->poll({"c1", kNow});
  ASSERT_TRUE(polled) << polled.error().message;
  EXPECT_EQ(polled->requests[0].tag, "c1");
  EXPECT_EQ(polled->cursor, "c2");
  ASSERT_THAT(polled->items, SizeIs(1));
  const auto parsed = made->parse({"body", "https://x.example/", "", "tag", "", kNow});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_EQ(parsed->items[0].hints.title, "bodytag");
  EXPECT_EQ(parsed->items[0].hints.text, polled->items[0].hints.title) << "the same process";
  const auto page = made->extract({"<p>", "https://x.example/", kNow});
  ASSERT_TRUE(page && *page);
  EXPECT_EQ((*page)->title, "<p>");
  made->stored("c2");
  EXPECT_EQ(eventually([&] { return file("acked"); }), "c2");
}

TEST_F(Exec, LargeCallsAndAnswersCrossInBothDirections) {
  const auto made = source(R"(
for i in range(40):
    write(type="emit", id=m["id"], items=[{"id": str(i), "text": "x" * 50000}])
write(type="result", id=m["id"], items=[{"id": "n", "title": str(len(m["body"]))}]))");
  const std::string body(5'000'000, 'b');
  const auto parsed = made->parse({body, "https://x.example/", "", "", "", kNow});
  ASSERT_TRUE(parsed) << parsed.error().message;
  EXPECT_THAT(parsed->items, SizeIs(41));
  EXPECT_EQ(parsed->items.back().hints.title, "5000000");
}

TEST_F(Exec, AnOrderlyErrorKeepsTheChild) {
  const auto made = source(R"(
if m["cursor"] == "bad": write(type="error", id=m["id"], error="layout changed")
else: write(type="result", id=m["id"], warnings=[str(os.getpid())]))");
  const auto first = made->poll({"", kNow});
  const auto bad = made->poll({"bad", kNow});
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().code, Errc::parse);
  EXPECT_EQ(bad.error().message, "layout changed");
  EXPECT_EQ(made->poll({"", kNow})->warnings, first->warnings);
}

TEST_F(Exec, MisbehaviourIsNamedAndTheChildEnded) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"sys.exit(3)", "exit code 3"},
      {"os.kill(os.getpid(), signal.SIGSEGV)", "signal 11"},
      {"print('Hello!', flush=True)", "malformed line"},
      {"write(type='result', id=m['id'] + 1)", "instead of call"},
      {"sys.stdout.write('x' * 5000); sys.stdout.flush(); time.sleep(9)", "more than its limit"},
      {"time.sleep(600)", "did not respond in time"},
      {"os.close(1); time.sleep(600)", "closed its output"},
      {"write(type='ready', protocol=1)", "replied to call 0"},
  };
  for (const auto& [body, expected] : cases) {
    const std::string patience = body.starts_with("time.sleep") ? "1s" : "60s";
    const auto made = source(body, "call = \"" + patience + "\"\nanswer = 4096\n");
    EXPECT_THAT(failure(*made), HasSubstr(expected)) << body;
    EXPECT_THAT(failure(*made), HasSubstr("times in a row")) << "the next start is not at once: " << body;
  }
  wait_until([&] { return launcher_->pending() == 0; });
  EXPECT_EQ(launcher_->pending(), 0U);
}

TEST_F(Exec, AnInterruptEndsTheWait) {
  const auto made = source("time.sleep(600)", "call = \"600s\"\n");
  const auto before = std::chrono::steady_clock::now();
  std::thread other([&] {
    std::this_thread::sleep_for(300ms);
    made->interrupt();
  });
  const auto polled = made->poll({"", kNow});
  other.join();
  ASSERT_FALSE(polled);
  EXPECT_EQ(polled.error().code, Errc::cancelled);
  EXPECT_EQ(made->poll({"", kNow}).error().code, Errc::cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - before, 300s);
}

TEST_F(Exec, AHandshakeThatFailsSaysWhy) {
  EXPECT_THAT(failure(*program(std::string(kPrelude) + "write(type='ready', protocol=9)\nread()\n")),
              HasSubstr("uses version 9"));
  EXPECT_THAT(failure(*program("#!/bin/sh\necho starting\nsleep 9\n")), HasSubstr("malformed line"));
  EXPECT_THAT(failure(*program("#!/nowhere/at/all\n")), HasSubstr("cannot be started"));
  EXPECT_THAT(failure(*program("#!/bin/sh\nexit 7\n")), HasSubstr("exit code 7"));
}

TEST_F(Exec, AfterThePauseItIsStartedAgain) {
  const auto made = source(R"(
if not os.path.exists(folder + "/seen"):
    open(folder + "/seen", "w").close(); sys.exit(1)
write(type="result", id=m["id"], cursor=m["cursor"]))");
  EXPECT_THAT(failure(*made), HasSubstr("started again in 1s"));
  EXPECT_THAT(failure(*made), HasSubstr("last failure: ended with exit code 1"));
  std::this_thread::sleep_for(1050ms);
  const auto polled = made->poll({"kept", kNow});
  ASSERT_TRUE(polled) << polled.error().message;
  EXPECT_EQ(polled->cursor, "kept");
}

TEST_F(Exec, AChildThatEndsInOrderBetweenCallsIsNoFailure) {
  const auto made = source("write(type='result', id=m['id'], warnings=[str(os.getpid())])\nsys.exit(0)");
  const auto first = made->poll({"", kNow});
  ASSERT_TRUE(first);
  wait_until([&] { return has_ended(first->warnings[0]); });
  const auto second = made->poll({"", kNow});
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_NE(first->warnings, second->warnings);
}

TEST_F(Exec, WhatIsWrittenOutOfTurnEndsTheChild) {
  const auto made = source(R"(
line = '{"type": "%s", "id": %d}\n'
os.write(1, (line % ("result", m["id"]) + line % ("emit", m["id"])).encode()))");
  EXPECT_EQ(failure(*made), "");
  EXPECT_THAT(failure(*made), HasSubstr("unexpected output"));
}

TEST_F(Exec, TheWholeGroupEndsAlsoWhenItDoesNotWantTo) {
  {
    const auto made = source(R"(
signal.signal(signal.SIGTERM, signal.SIG_IGN)
child = subprocess.Popen(["sleep", "600"])
write(type="result", id=m["id"], warnings=[str(os.getpid()), str(child.pid)])
while True: time.sleep(1))");
    const auto polled = made->poll({"", kNow});
    ASSERT_TRUE(polled) << polled.error().message;
    std::ofstream(folder_.path() / "pids") << polled->warnings[0] << ' ' << polled->warnings[1];
  }
  wait_until([&] { return launcher_->pending() == 0; });
  pid_t leader = 0;
  pid_t other = 0;
  std::ifstream(folder_.path() / "pids") >> leader >> other;
  ASSERT_GT(other, 0);
  EXPECT_EQ(kill(leader, 0), -1);
  wait_until([&] { return has_ended(std::to_string(other)); });
  EXPECT_TRUE(has_ended(std::to_string(other)));
}

}  // namespace
}  // namespace pw::exec
