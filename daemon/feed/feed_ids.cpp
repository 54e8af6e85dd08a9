#include "core/id.hpp"
#include "feed/feed.hpp"
#include "text/url/url.hpp"

#include <array>
#include <unordered_map>

namespace pw::feed {
namespace {

constexpr std::size_t kLongestPlainId = 512;

/// Properties that may distinguish entries, the most stable first.
std::vector<std::string> marks_of(const FeedEntry& entry) {
  std::vector<std::string> marks;
  const auto add = [&](std::string mark) {
    if (!mark.empty()) marks.push_back(std::move(mark));
  };
  add(entry.id);
  // Some feeds give every entry the same "javascript:" link.
  const bool has_link = entry.url.starts_with("http://") || entry.url.starts_with("https://");
  add(has_link ? text::article_key(entry.url) : std::string{});
  const bool has_address = !marks.empty();
  add(entry.title);
  if (has_address) return marks;
  add(entry.published_raw);
  add(entry.content.empty() ? entry.summary : entry.content);
  return marks;
}

std::string join(const std::vector<std::string>& marks, std::size_t count) {
  if (marks.empty()) return "empty";
  if (count == 1 && marks[0].size() <= kLongestPlainId) return marks[0];
  Id id;
  for (std::size_t i = 0; i < count; ++i) id = derive_id({to_hex(id), marks[i]});
  return "hash:" + to_hex(id);
}

}  // namespace

std::vector<std::string> entry_ids(const Feed& feed) {
  constexpr std::size_t kMostMarks = 4;
  std::vector<std::vector<std::string>> marks;
  marks.reserve(feed.entries.size());
  for (const FeedEntry& entry : feed.entries) marks.push_back(marks_of(entry));
  std::vector<std::size_t> used(marks.size(), 1);
  std::vector<std::string> ids(marks.size());
  for (std::size_t i = 0; i < marks.size(); ++i) ids[i] = join(marks[i], 1);
  for (std::size_t round = 1; round < kMostMarks; ++round) {
    std::unordered_map<std::string_view, unsigned> holders;
    for (const std::string& id : ids) ++holders[id];
    std::vector<std::size_t> shared;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (holders[ids[i]] > 1 && used[i] < marks[i].size()) shared.push_back(i);
    }
    if (shared.empty()) break;
    for (const std::size_t i : shared) ids[i] = join(marks[i], ++used[i]);
  }
  return ids;
}

}  // namespace pw::feed
