#include "bus/log_service.hpp"
#include "unit/bus/fake_log.hpp"

#include <boost/json/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

/// Input: the second frame of a LOG request.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static pw::bus::FakeLog& log = *[] {
    auto* made = new pw::bus::FakeLog;
    for (int i = 0; i < 6; ++i) made->append(i % 2 == 0 ? "iran" : "rail");
    made->forget(2);
    return made;
  }();
  static const auto reader = log.reader();
  static const pw::bus::HealthBoard health = [] {
    pw::bus::HealthBoard board;
    board.put("a", R"({"state":"ok"})");
    return board;
  }();
  static const pw::bus::RecentHeads heads{6};
  const std::string json{reinterpret_cast<const char*>(data), size};
  const auto reply = pw::bus::answer(*reader, health, heads, {"PWQ1", json}, pw::from_ms(1'772'443'800'000));
  if (reply.frames.size() % 2 != 1 || reply.wait > pw::Milliseconds{30'000}) __builtin_trap();
  boost::system::error_code error;
  const auto head = boost::json::parse(reply.frames.front(), error);
  if (error || !head.is_object() || !head.get_object().contains("status")) __builtin_trap();
  return 0;
}
