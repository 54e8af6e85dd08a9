#include "cli/inspect/inspect.hpp"
#include "extract/extract.hpp"
#include "text/date/date.hpp"

#include <boost/json.hpp>

namespace pw::cli {
namespace {

boost::json::value shown(const std::optional<StatedDate>& date) {
  if (!date) return nullptr;
  return boost::json::string(to_iso8601(std::chrono::floor<std::chrono::seconds>(date->time)));
}

/// The date of a page: of its publication or, if requested and present, of its last change.
boost::json::object page_day(const BatchCase& item, const std::string& html, WorkClock& clock, Time now) {
  const std::string url = item.text("url").value_or("");
  const auto article = clock.time(html.size(), [&] { return extract::extract_article({html, url, now}); });
  if (!article) return {{"date", nullptr}};
  const auto* original = item.row.if_contains("original");
  const bool first = original != nullptr && original->is_bool() && original->get_bool();
  const auto& date = !first && article->modified ? article->modified : article->published;
  if (!date) return {{"date", nullptr}};
  return {{"date", to_iso8601(date->time + std::chrono::minutes{date->zone}).substr(0, 10)}};
}

boost::json::object batch(const BatchCase& item, WorkClock& clock) {
  const Time now = SystemClock{}.now();
  if (const auto html = item.text("html")) return page_day(item, *html, clock, now);
  const std::string input = item.text("input").value_or("");
  const auto date = clock.time(input.size(), [&] { return text::parse_date(input, now); });
  return {{"utc", shown(date)}};
}

boost::json::object single(const SingleInput& input) {
  const auto date = text::parse_date(input.bytes, SystemClock{}.now());
  boost::json::object out{{"utc", shown(date)}};
  if (date) out["has_time"] = date->has_time;
  return out;
}

}  // namespace

const InspectKind kInspectDate{"date", "a date as a feed or page writes it, to UTC", true, batch, single};

}  // namespace pw::cli
