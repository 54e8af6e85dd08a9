#include "bus/health_json.hpp"

#include "core/text.hpp"
#include "presswatch/v1/health.pb.h"

#include <google/protobuf/util/json_util.h>

#include <algorithm>

namespace pw::bus {
namespace {

constexpr std::size_t kMaxReason = 2048;
constexpr std::size_t kMaxTopic = 200;

}  // namespace

std::string health_json(const HealthInfo& info) {
  presswatch::v1::Health out;
  out.mutable_source()->set_id(info.source.id);
  out.mutable_source()->set_name(to_valid_utf8(utf8_prefix(info.source.name, kMaxReason)));
  for (const std::string& tag : info.source.tags) out.mutable_source()->add_tags(to_valid_utf8(tag));
  out.set_state(info.state);
  out.set_previous(info.previous);
  out.set_reason(to_valid_utf8(utf8_prefix(info.reason, kMaxReason)));
  out.set_at_ms(to_ms(info.at));
  out.set_since_ms(to_ms(info.since));
  out.set_last_ok_ms(to_ms(info.last_ok));
  out.set_next_due_ms(to_ms(info.next_due));
  out.set_failures(static_cast<std::uint32_t>(std::max(info.failures, 0)));
  out.set_polls(info.polls);
  out.set_failed(info.failed);
  out.set_items(info.items);
  std::string json;
  return google::protobuf::util::MessageToJsonString(out, &json).ok() ? json : "{}";
}

std::string health_topic(const std::string& source) {
  std::string topic = "S/" + source;
  topic.resize(std::min(topic.size(), kMaxTopic));
  return topic;
}

}  // namespace pw::bus
