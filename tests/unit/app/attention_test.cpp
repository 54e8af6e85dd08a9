#include "app/attention.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pw::app {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::uintmax_t kGiB = std::uintmax_t{1} << 30U;

AttentionInput fine() {
  AttentionInput out;
  out.disk = {50 * kGiB, 100 * kGiB, kGiB, 0};
  out.clock.trusted = true;
  out.clock_behind = 500ms;
  out.sources.enabled = 3;
  return out;
}

auto about(const std::string& what) { return Field(&Attention::about, what); }
auto says(const std::string& what) { return Field(&Attention::what, HasSubstr(what)); }
auto advises(const std::string& what) { return Field(&Attention::advice, HasSubstr(what)); }

TEST(Attention, NothingIsNeededWhenAllIsWell) { EXPECT_THAT(needs_attention(fine()), IsEmpty()); }

TEST(Attention, AFullDiskIsSaidBeforeNothingCanBeStored) {
  AttentionInput input = fine();
  input.disk.free = kGiB - 1;
  EXPECT_THAT(needs_attention(input),
              ElementsAre(AllOf(about("disk"), says("1023 MiB"), Field(&Attention::severity, Severity::warning))));
  input.disk.free = kGiB / 8;
  EXPECT_THAT(needs_attention(input), ElementsAre(Field(&Attention::severity, Severity::critical)));
  input.disk = {};
  EXPECT_THAT(needs_attention(input), IsEmpty()) << "unknown";
}

TEST(Attention, AStuckBusAndAStoreThatCannotWriteComeFirst) {
  AttentionInput input = fine();
  input.sources.troubled.push_back({"blocked", 1, {"wire"}, "403"});
  input.bus_overdue = 9s;
  EXPECT_THAT(needs_attention(input), ElementsAre(about("sources")));
  input.bus_overdue = 20s;
  input.store_trouble = "the disk is full";
  EXPECT_THAT(needs_attention(input), ElementsAre(AllOf(about("store"), says("the disk is full")),
                                                  AllOf(about("bus"), says("20s")), about("sources")));
}

TEST(Attention, SourcesInOneStateAreOneThing) {
  AttentionInput input = fine();
  input.sources.troubled.push_back({"silent", 5, {"a", "b", "c"}, "nothing new for 3d"});
  input.sources.troubled.push_back({"plugin", 1, {"d"}, "exit status 1\nx"});
  EXPECT_THAT(needs_attention(input),
              ElementsAre(AllOf(says("a, b, c and 2 more are silent"), advises("a: nothing new for 3d")),
                          AllOf(says("d cannot be read, because of the plugin"), advises("exit status 1\\nx"))));
}

TEST(Attention, WhenEverySourceFailsTheNetworkIsAsked) {
  AttentionInput input = fine();
  input.sources.failing = 3;
  EXPECT_THAT(needs_attention(input), ElementsAre(AllOf(says("not one source"), advises("network"))));
  input.sources.enabled = 0;
  input.sources.failing = 0;
  EXPECT_THAT(needs_attention(input), IsEmpty());
}

TEST(Attention, AWrongClockIsSaid) {
  AttentionInput input = fine();
  input.clock_behind = -59s;
  EXPECT_THAT(needs_attention(input), IsEmpty());
  input.clock_behind = -2h;
  EXPECT_THAT(needs_attention(input), ElementsAre(says("2h ahead of those of web servers")));
  input.clock_behind = 61s;
  input.clock.trusted = false;
  EXPECT_THAT(needs_attention(input),
              ElementsAre(says("was expected; nothing is deleted"), says("1m1s behind those of web servers")));
}

TEST(Attention, ARefusedReloadIsSaidUntilOneSucceeds) {
  AttentionInput input = fine();
  input.reload_problem = "main.toml:3: unknown key\nmain.toml:9: another";
  EXPECT_THAT(needs_attention(input), ElementsAre(AllOf(about("configuration"), advises("main.toml:3: unknown key"))));
}

}  // namespace
}  // namespace pw::app
