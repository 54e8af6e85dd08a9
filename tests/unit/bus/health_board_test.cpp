/// The health of the sources for clients that connect later.
#include "bus/health_board.hpp"

#include "bus/health_json.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <spdlog/fmt/fmt.h>

#include <string>

namespace pw::bus {
namespace {

constexpr std::size_t kRoomy = std::size_t{1} << 20U;

std::string event(const std::string& source, std::string_view state) {
  HealthInfo info;
  info.source.id = source;
  info.source.name = R"(the "state":"removed" of things)";
  info.state = state;
  return health_json(info);
}

std::size_t listed(const HealthBoard& board) {
  bool complete = false;
  const std::size_t count = boost::json::parse(board.list(kRoomy, complete)).as_array().size();
  EXPECT_TRUE(complete);
  return count;
}

TEST(HealthBoard, ANewerEventReplacesTheOneBefore) {
  HealthBoard board;
  board.put("wire", event("wire", "ok"));
  board.put("wire", event("wire", "failing"));
  board.put("paper", event("paper", "ok"));
  EXPECT_EQ(listed(board), 2U);
}

TEST(HealthBoard, ARemovedSourceIsForgotten) {
  HealthBoard board;
  board.put("stays", event("stays", "ok"));
  for (int day = 0; day < 100; ++day) {
    const std::string source = fmt::format("source-{}", day);
    board.put(source, event(source, "ok"));
    board.put(source, event(source, kRemovedState));
    ASSERT_EQ(listed(board), 1U);
  }
}

}  // namespace
}  // namespace pw::bus
