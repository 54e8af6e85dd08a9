#include "bus/request_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using Offer = RequestQueue::Offer;
using Served = RequestQueue::Served;

ClientRequest request(const std::string& client, const std::string& text = "x") {
  return {.client = client, .frames = {"PWQ1", text}};
}

class RequestQueueTest : public testing::Test {
 protected:
  /// Serves what is due at `now_` and records "client:text" of each. The clients in `full_` cannot take a reply.
  void serve(std::size_t at_most = 1000) {
    const auto note = [this](ClientRequest& one) {
      served_.push_back(one.client + ':' + one.frames[1]);
      return one.client == full_ ? Served::later : Served::done;
    };
    while (at_most-- > 0 && queue_.serve_one(now_, note)) {
    }
  }

  RequestQueue queue_{{.per_client = 4, .bytes = 200, .first_pause = 2ms, .last_pause = 16ms}};
  SteadyTime now_{1h};
  std::string full_;
  std::vector<std::string> served_;
};

TEST_F(RequestQueueTest, AGreedyClientDelaysAnotherByOneRequest) {
  for (const char* text : {"1", "2", "3", "4"}) queue_.offer(request("greedy", text));
  queue_.offer(request("quiet", "q"));
  serve();
  EXPECT_THAT(served_, ElementsAre("greedy:1", "quiet:q", "greedy:2", "greedy:3", "greedy:4"));
  EXPECT_EQ(queue_.size(), 0U);
  EXPECT_EQ(queue_.bytes(), 0U);
  EXPECT_FALSE(queue_.ready_at());
}

TEST_F(RequestQueueTest, AClientHasItsShareAndNoMore) {
  for (int i = 0; i < 4; ++i) EXPECT_EQ(queue_.offer(request("greedy")), Offer::taken);
  EXPECT_EQ(queue_.offer(request("greedy")), Offer::client_full);
  EXPECT_EQ(queue_.offer(request("quiet")), Offer::taken);
  EXPECT_EQ(queue_.size(), 5U);
}

TEST_F(RequestQueueTest, AllTogetherAreBoundedInBytes) {
  EXPECT_EQ(queue_.offer(request("a", std::string(150, 'x'))), Offer::taken);
  EXPECT_EQ(queue_.offer(request("b", std::string(150, 'x'))), Offer::full);
  EXPECT_EQ(queue_.offer(request("b")), Offer::taken);
  serve();
  EXPECT_EQ(queue_.offer(request("b", std::string(150, 'x'))), Offer::taken);
}

TEST_F(RequestQueueTest, WhoCannotTakeItsReplyRestsAndKeepsItsPlaceAndOrder) {
  full_ = "stuck";
  queue_.offer(request("stuck", "1"));
  queue_.offer(request("stuck", "2"));
  queue_.offer(request("quiet", "q"));
  serve();
  EXPECT_THAT(served_, ElementsAre("stuck:1", "quiet:q"));
  EXPECT_EQ(queue_.ready_at(), now_ + 2ms);
  served_.clear();
  now_ += 2ms;
  serve();
  EXPECT_THAT(served_, ElementsAre("stuck:1"));
  EXPECT_EQ(queue_.ready_at(), now_ + 4ms);  // the pause grows
  served_.clear();
  full_.clear();
  now_ += 4ms;
  serve();
  EXPECT_THAT(served_, ElementsAre("stuck:1", "stuck:2"));
}

TEST_F(RequestQueueTest, PausesEndInTheirOwnOrderAndAreBounded) {
  full_ = "a";
  queue_.offer(request("a"));
  for (int i = 0; i < 10; ++i) {
    serve();
    now_ = std::max(now_, queue_.ready_at().value());
  }
  serve();
  EXPECT_EQ(queue_.ready_at(), now_ + 16ms);
  full_ = "b";
  queue_.offer(request("b"));
  serve();
  EXPECT_EQ(queue_.ready_at(), now_ + 2ms);
}

TEST_F(RequestQueueTest, AnExceptionCostsOneRequest) {
  queue_.offer(request("a", "1"));
  queue_.offer(request("a", "2"));
  const auto fail = [](ClientRequest&) -> Served { throw std::bad_alloc(); };
  EXPECT_THROW(queue_.serve_one(now_, fail), std::bad_alloc);
  serve();
  EXPECT_THAT(served_, ElementsAre("a:2"));
  EXPECT_EQ(queue_.bytes(), 0U);
}

TEST_F(RequestQueueTest, TheRequestsOfAClientThatIsGoneGoWithIt) {
  full_ = "resting";
  queue_.offer(request("resting"));
  serve();
  for (const char* name : {"a", "b", "a"}) queue_.offer(request(name));
  queue_.forget("a");
  queue_.forget("resting");
  queue_.forget("nobody");
  served_.clear();
  now_ += 1h;
  serve();
  EXPECT_THAT(served_, ElementsAre("b:x"));
  EXPECT_EQ(queue_.size(), 0U);
  EXPECT_EQ(queue_.bytes(), 0U);
}

TEST_F(RequestQueueTest, WhatWaitedForNewsComesBackOutsideTheLimits) {
  for (int i = 0; i < 6; ++i) queue_.offer_again(request("a"));
  EXPECT_EQ(queue_.size(), 6U);
  EXPECT_EQ(queue_.offer(request("a")), Offer::client_full);
}

}  // namespace
}  // namespace pw::bus
