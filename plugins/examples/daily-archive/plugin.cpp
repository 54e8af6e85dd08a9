// A site with one archive page per day.
#include <presswatch/plugin.hpp>

#include <array>
#include <chrono>
#include <set>
#include <string>
#include <utility>

namespace {

/// Replaces the placeholders for year, month and day in a URL.
std::string fill(std::string address, const std::chrono::year_month_day& day) {
  const auto two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  const auto month = static_cast<unsigned>(day.month());
  const auto of_month = static_cast<unsigned>(day.day());
  const std::array<std::pair<std::string_view, std::string>, 5> holes{
      {{"{yyyy}", std::to_string(static_cast<int>(day.year()))},
       {"{mm}", two(month)},
       {"{dd}", two(of_month)},
       {"{m}", std::to_string(month)},
       {"{d}", std::to_string(of_month)}}};
  for (const auto& [hole, value] : holes) {
    for (auto at = address.find(hole); at != std::string::npos; at = address.find(hole, at + value.size())) {
      address.replace(at, hole.size(), value);
    }
  }
  return address;
}

}  // namespace

class DailyArchive {
 public:
  explicit DailyArchive(const presswatch::Options& options)
      : url_(options.text("url")),
        links_(options.text("links")),
        days_(options.number("days", 2)),
        zone_(options.number("zone")) {
    if (days_ < 1 || days_ > 14) throw presswatch::Failure("days: must be 1 to 14");
    if (zone_ < -24 * 60 || zone_ > 24 * 60) throw presswatch::Failure("zone: must be in minutes, at most one day");
    if (url_.find('{') == std::string::npos) throw presswatch::Failure("url: has no {yyyy}, {mm} or {dd}");
  }

  void poll(const presswatch::Poll& in, presswatch::Call& call) {
    using namespace std::chrono;
    const sys_days today = floor<days>(sys_time<milliseconds>{milliseconds{in.now_ms} + minutes{zone_}});
    for (std::int64_t back = 0; back < days_; ++back) {
      call.request({.url = fill(url_, year_month_day{today - days{back}})});
    }
  }

  void parse(const presswatch::Response& in, presswatch::Call& call) {
    std::set<std::string> seen;
    for (const presswatch::Node& link : call.html(in.body).select(links_)) {
      const std::string url(call.resolve(link.attribute("href"), in.url));
      const std::string title(link.text());
      if (url.empty() || title.empty() || url == in.url || !seen.insert(url).second) continue;
      call.item({.url = url, .title = title});
    }
    if (seen.empty()) call.warn("no link on " + std::string(in.url) + " matches \"" + links_ + "\"");
  }

 private:
  std::string url_;
  std::string links_;
  std::int64_t days_;
  std::int64_t zone_;
};

PRESSWATCH_PLUGIN(DailyArchive);
