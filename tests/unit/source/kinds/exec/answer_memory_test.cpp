/// A plugin's response may have up to 16 MiB. Whatever it contains, parsing it must not take more than four times as
/// much memory.

#include "source/kinds/exec/messages.hpp"

#include <gtest/gtest.h>
#include <malloc.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <string>

namespace pw::exec {
namespace {

constexpr std::size_t kMebibyte = std::size_t{1} << 20U;

/// A value from /proc/self/status, in bytes.
std::size_t status(const std::string& name) {
  std::ifstream in("/proc/self/status");
  for (std::string word; in >> word;) {
    std::size_t kibibytes = 0;
    if (word == name + ":" && in >> kibibytes) return kibibytes << 10U;
  }
  return 0;
}

/// The maximum growth of resident memory while `work` runs; 0 if it cannot be measured.
template <class F>
std::size_t peak_of(F&& work) {
  int ends[2];
  if (::pipe(ends) != 0) return 0;
  const pid_t child = ::fork();
  if (child == 0) {
    ::malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";  // resets the peak
    const std::size_t before = status("VmRSS");
    work();
    const std::size_t grown = status("VmHWM") - before;
    ::_exit(::write(ends[1], &grown, sizeof grown) == sizeof grown ? 0 : 1);
  }
  ::close(ends[1]);
  std::size_t grown = 0;
  if (::read(ends[0], &grown, sizeof grown) != sizeof grown) grown = 0;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return grown;
}

std::string filled(const std::string& begin, std::string_view element, const std::string& end) {
  std::string out = R"({"type":"result","id":1,)" + begin;
  out.reserve(kMaxLine);
  while (out.size() + element.size() + end.size() + 8 < kMaxLine) out.append(element).append(",");
  out.pop_back();
  return out + end + "}";
}

/// Creates the line on demand, because every test runs in its own process and would otherwise create all of them.
using Line = std::string (*)();

class AnswerMemory : public testing::TestWithParam<std::pair<const char*, Line>> {};

TEST_P(AnswerMemory, IsBounded) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's shadow memory counts too";
#endif
  const std::string line = GetParam().second();
  ASSERT_LE(line.size(), kMaxLine);
  ASSERT_GT(line.size(), 14 * kMebibyte);
  const std::size_t grown = peak_of([&] { (void)read_reply(line, Time{}); });
  ASSERT_GT(grown, 0U);
  RecordProperty("percent_of_the_line", std::to_string(100 * grown / line.size()));
  EXPECT_LE(grown, 3 * line.size()) << "the line itself is the fourth";
}

std::string quoted(std::size_t bytes) { return '"' + std::string(bytes, 'a') + '"'; }

INSTANTIATE_TEST_SUITE_P(
    , AnswerMemory,
    testing::Values(
        std::pair("OneText",
                  Line([] { return filled(R"("items":[{"title":"T","text":)", quoted(15 * kMebibyte), "}]"); })),
        std::pair("ManyTexts", Line([] {
                    return filled(R"("items":[)", R"({"title":"T","text":)" + quoted(kMebibyte) + "}", "]");
                  })),
        std::pair("EscapedTexts", Line([] {
                    return filled(R"("items":[)",
                                  R"({"title":"T\n","text":"\u00e9)" + std::string(kMebibyte, 'x') + "\"}", "]");
                  })),
        std::pair("SmallItems", Line([] { return filled(R"("items":[)", R"({"title":"T"})", "]"); })),
        std::pair("EmptyItems", Line([] { return filled(R"("items":[)", "{}", "]"); })),
        std::pair("UnknownMembers", Line([] { return filled(R"("x":[)", "[]", "]"); })),
        std::pair("UnknownNumbers", Line([] { return filled(R"("x":[)", "0", "]"); })),
        std::pair("Authors", Line([] { return filled(R"("items":[{"title":"T","authors":[)", R"("a")", "]}]"); })),
        std::pair("Requests", Line([] { return filled(R"("requests":[)", R"({"url":"http://a/"})", "]"); })),
        std::pair("Headers",
                  Line([] { return filled(R"("requests":[{"url":"http://a/","headers":{)", R"("a":"")", "}}]"); })),
        std::pair("Warnings", Line([] { return filled(R"("warnings":[)", R"("w")", "]"); })),
        std::pair("Cursor", Line([] { return filled(R"("cursor":)", quoted(15 * kMebibyte), ""); }))),
    [](const auto& one) { return std::string(one.param.first); });

}  // namespace
}  // namespace pw::exec
