#include "bus/health_json.hpp"

#include "bus/body_writer.hpp"
#include "core/json/json_member.hpp"
#include "core/text.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>

namespace pw::bus {
namespace {

constexpr std::size_t kMaxReason = 2048;
constexpr std::size_t kMaxTopic = 200;

}  // namespace

std::string health_json(const HealthInfo& info) {
  BodyWriter out;
  out.open("source");
  out.text("id", info.source.id);
  out.text("name", utf8_prefix(info.source.name, kMaxReason));
  out.texts("tags", {info.source.tags.begin(), info.source.tags.end()});
  out.close();
  out.text("state", info.state);
  out.text("previous", info.previous);
  out.text("reason", utf8_prefix(info.reason, kMaxReason));
  out.long_number("atMs", to_ms(info.at));
  out.long_number("sinceMs", to_ms(info.since));
  out.long_number("lastOkMs", to_ms(info.last_ok));
  out.long_number("nextDueMs", to_ms(info.next_due));
  out.number("failures", static_cast<std::uint32_t>(std::max(info.failures, 0)));
  out.long_number("polls", info.polls);
  out.long_number("failed", info.failed);
  out.long_number("items", info.items);
  out.close();
  return out.take();
}

bool is_last_health(std::string_view body) {
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(body, error);
  return !error && value.is_object() && text_member(value.get_object(), "state") == kRemovedState;
}

std::string health_topic(const std::string& source) {
  std::string topic = "S/" + source;
  topic.resize(std::min(topic.size(), kMaxTopic));
  return topic;
}

}  // namespace pw::bus
