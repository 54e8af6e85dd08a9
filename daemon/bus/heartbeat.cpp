#include "bus/heartbeat.hpp"

#include "bus/frame.hpp"

#include <boost/json.hpp>

namespace pw::bus {

std::optional<std::vector<std::string>> heartbeat_frames(LogSource& log, const RecentHeads& heads, const Pulse& pulse) {
  const auto head = log.head();
  if (!head) return std::nullopt;
  boost::json::object body{{"first", head->first}, {"hb_ms", pulse.interval.count()}};
  heads.write(body);
  Header header;
  header.kind = 'H';
  header.log_id = head->log_id;
  header.seq = pulse.published;
  header.time_ms = to_ms(pulse.now);
  header.flags = pulse.flags;
  return std::vector<std::string>{"H", encode(header), boost::json::serialize(body)};
}

}  // namespace pw::bus
