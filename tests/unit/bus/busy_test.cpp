#include "bus/busy.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>

namespace pw::bus {
namespace {

using namespace std::chrono_literals;

TEST(Busy, SaysWhenToAskAgainAndWhoseRequestItWas) {
  const auto reply = boost::json::parse(busy_reply({"PWQ1", R"({"op":"head","req":"r7"})"}, 200ms, "many"));
  EXPECT_EQ(reply.at("req"), "r7");
  EXPECT_EQ(reply.at("status"), "busy");
  EXPECT_EQ(reply.at("retry_ms"), 200);
  EXPECT_EQ(reply.at("why"), "many");
}

TEST(Busy, NeedsNoRequestThatCanBeRead) {
  const std::string deep(5000, '[');
  for (const std::vector<std::string>& request : {std::vector<std::string>{},
                                                  {"PWQ1"},
                                                  {"PWQ1", "{"},
                                                  {"PWQ1", "[]"},
                                                  {"PWQ1", R"({"req":7})"},
                                                  {"PWQ1", deep.substr(0, 4000)},
                                                  {"PWQ1", deep}}) {
    EXPECT_TRUE(boost::json::parse(busy_reply(request, 1s, "many")).at("req").is_null());
  }
  const std::string reply = busy_reply({"PWQ1", R"({"req":")" + std::string(500, 'x') + "\"}"}, 1s, "many");
  EXPECT_EQ(boost::json::parse(reply).at("req").as_string().size(), 64U);
}

}  // namespace
}  // namespace pw::bus
