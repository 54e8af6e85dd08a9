#include "pipeline/request_plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;

constexpr Time kNow = from_ms(1772443800000);

source::Request part(int number, bool rotate = true) {
  source::Request out;
  out.url = fmt::format("https://paper.example/{}.xml", number);
  out.tag = "sub";
  out.rotate = rotate;
  return out;
}

std::vector<source::Request> parts(int count) {
  std::vector<source::Request> out;
  for (int i = 0; i < count; ++i) out.push_back(part(i));
  return out;
}

std::vector<std::string> urls(RequestPlan& plan) {
  std::vector<std::string> out;
  while (const auto step = plan.next()) out.push_back(step->request.url.substr(22));
  return out;
}

store::RequestState checked(const source::Request& request, Time at) {
  store::RequestState out;
  out.request = request_id(request);
  out.checked = at;
  return out;
}

TEST(RequestPlan, PolledRequestsComeFirstAndNoneTwice) {
  RequestPlan plan({});
  plan.add_polled({part(0), part(0)});
  const auto step = plan.next();
  ASSERT_TRUE(step);
  EXPECT_TRUE(step->first_level);
  plan.add_follow_ups({part(0), part(1)}, 0);
  EXPECT_THAT(urls(plan), ElementsAre("1.xml"));
  EXPECT_EQ(plan.left(), 0U);
}

TEST(RequestPlan, EachPartHasItsTurn) {
  std::vector<store::RequestState> known;
  std::set<std::string> made;
  for (int poll = 0; poll < 3; ++poll) {
    RequestPlan plan(known);
    plan.add_follow_ups(parts(12), 5);
    while (const auto step = plan.next()) {
      made.insert(step->request.url);
      std::erase_if(known, [&](const auto& one) { return one.request == request_id(step->request); });
      known.push_back(checked(step->request, kNow + poll * 1min));
    }
    EXPECT_EQ(plan.left(), 7U);
  }
  EXPECT_EQ(made.size(), 12U);
}

TEST(RequestPlan, FreshPartsComeFirstButLeaveAShareToTheOthers) {
  std::vector<source::Request> all;
  for (int i = 0; i < 8; ++i) all.push_back(part(i, false));
  for (int i = 8; i < 20; ++i) all.push_back(part(i, true));
  RequestPlan plan({});
  plan.add_follow_ups(all, 5);
  EXPECT_THAT(urls(plan), ElementsAre("0.xml", "1.xml", "2.xml", "3.xml", "8.xml"));
}

TEST(RequestPlan, AnEndlessChainEnds) {
  RequestPlan plan({});
  plan.add_polled({part(0)});
  int made = 0;
  while (plan.next()) plan.add_follow_ups({part(++made)}, 0);
  EXPECT_EQ(static_cast<std::size_t>(made), RequestPlan::kMaxOfPoll);
  EXPECT_EQ(plan.left(), 1U);
}

TEST(RequestPlan, FollowUpsAreReadBackAsTheyWere) {
  source::Request with_headers = part(1, false);
  with_headers.headers = {{"Accept", "text/xml"}};
  const FollowUps back = follow_ups_of(to_text({part(0), with_headers}, 7));
  ASSERT_EQ(back.requests.size(), 2U);
  EXPECT_EQ(back.at_once, 7U);
  EXPECT_TRUE(back.requests[0].rotate);
  EXPECT_EQ(request_id(back.requests[0]), request_id(part(0)));
  EXPECT_EQ(request_id(back.requests[1]), request_id(with_headers));
  EXPECT_TRUE(follow_ups_of("no json").requests.empty());
  EXPECT_EQ(to_text({}, 7), "");
}

TEST(RequestPlan, HeadersAndTagsMakeAnotherRequest) {
  source::Request other = part(0);
  other.headers = {{"Accept-Language", "az"}};
  EXPECT_NE(request_id(other), request_id(part(0)));
  other = part(0);
  other.tag = "top";
  EXPECT_NE(request_id(other), request_id(part(0)));
}

}  // namespace
}  // namespace pw::pipeline
