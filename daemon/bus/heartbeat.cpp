#include "bus/heartbeat.hpp"

#include "bus/alert_json.hpp"
#include "bus/frame.hpp"

#include <boost/json.hpp>

#include <utility>

namespace pw::bus {
namespace {

constexpr std::size_t kMaxHeartbeat = kMaxBody;

}  // namespace

std::optional<std::vector<std::string>> heartbeat_frames(LogSource& log, const Pulse& pulse) {
  const auto head = log.head();
  if (!head) return std::nullopt;
  boost::json::object heads;
  std::size_t size = 0;
  bool complete = true;
  for (const auto& [channel, cseq] : head->heads) {
    size += channel.size() + 24;
    if (size > kMaxHeartbeat - 200) {
      complete = false;
      break;
    }
    heads[channel] = cseq;
  }
  const boost::json::object body{
      {"first", head->first}, {"hb_ms", pulse.interval.count()}, {"heads", std::move(heads)}, {"complete", complete}};
  Header header;
  header.kind = 'H';
  header.log_id = head->log_id;
  header.seq = pulse.published;
  header.time_ms = to_ms(pulse.now);
  header.flags = pulse.flags;
  return std::vector<std::string>{"H", encode(header), boost::json::serialize(body)};
}

}  // namespace pw::bus
