#include "cli/inspect.hpp"
#include "parse/date.hpp"

#include <boost/json.hpp>

namespace pw::cli {
namespace {

boost::json::value shown(const std::optional<StatedDate>& date) {
  if (!date) return nullptr;
  return boost::json::string(to_iso8601(std::chrono::floor<std::chrono::seconds>(date->time)));
}

boost::json::object batch(const BatchCase& item, WorkClock& clock) {
  const Time now = SystemClock{}.now();
  const std::string input = item.text("input").value_or("");
  const auto date = clock.time(input.size(), [&] { return parse::parse_date(input, now); });
  return {{"utc", shown(date)}};
}

boost::json::object single(const SingleInput& input) {
  const auto date = parse::parse_date(input.bytes, SystemClock{}.now());
  boost::json::object out{{"utc", shown(date)}};
  if (date) out["has_time"] = date->has_time;
  return out;
}

}  // namespace

const InspectKind kInspectDate{"date", "a date as a feed or page writes it, to UTC", true, batch, single};

}  // namespace pw::cli
