#include "cli/inspect/inspect.hpp"
#include "cli/read_feed.hpp"

#include <boost/json.hpp>

namespace pw::cli {
namespace {

namespace json = boost::json;

json::value shown(const std::string& text) {
  if (text.empty()) return nullptr;
  return json::string(text);
}

json::value shown(const std::optional<StatedDate>& date) {
  if (!date) return nullptr;
  return json::string(to_iso8601(std::chrono::floor<std::chrono::seconds>(date->time)));
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

json::object shown(const feed::FeedEntry& entry) {
  return {{"id", shown(entry.id)},
          {"url", shown(entry.url)},
          {"title", shown(entry.title)},
          {"published", shown(entry.published)},
          {"updated", shown(entry.updated)},
          {"author", shown(joined(entry.authors))},
          {"summary", shown(entry.summary)},
          {"content", shown(entry.content)},
          {"language", shown(entry.language)},
          {"image", shown(entry.image)}};
}

json::object shown(const feed::Feed& feed) {
  json::object out{{"kind", feed.kind},
                   {"title", shown(feed.title)},
                   {"url", shown(feed.url)},
                   {"language", shown(feed.language)},
                   {"published", shown(feed.published)},
                   {"updated", shown(feed.updated)},
                   {"damaged", feed.damaged}};
  if (!feed.self.empty()) out["self"] = feed.self;
  if (!feed.hub.empty()) out["hub"] = feed.hub;
  out["ttl"] = feed.ttl_minutes ? json::value(*feed.ttl_minutes) : json::value(nullptr);
  json::array entries;
  for (const feed::FeedEntry& entry : feed.entries) entries.push_back(shown(entry));
  out["entries"] = std::move(entries);
  return out;
}

json::object batch(const BatchCase& item, WorkClock& clock) {
  const std::string bytes = item.file("file");
  const std::string type = item.text("content_type").value_or("");
  const std::string url = item.text("base_url").value_or("");
  const auto feed = clock.time(bytes.size(), [&] { return read_feed(bytes, type, url); });
  if (!feed) return {{"error", feed.error().message}};
  return shown(*feed);
}

json::object single(const SingleInput& input) {
  const auto feed = read_feed(input.bytes, input.content_type, input.url);
  if (!feed) return {{"error", feed.error().message}};
  json::object out = shown(*feed);
  out["why"] = describe(*feed);
  const std::vector<std::string> ids = feed::entry_ids(*feed);
  json::array& entries = out["entries"].as_array();
  for (std::size_t i = 0; i < ids.size(); ++i) entries[i].as_object()["item"] = ids[i];
  return out;
}

}  // namespace

const InspectKind kInspectFeed{.name = "feed",
                               .summary = "a feed or sitemap: its fields and entries",
                               .input_is_text = false,
                               .batch = batch,
                               .single = single};

}  // namespace pw::cli
