#include "pipeline/item_identity.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow = from_ms(1772443800000);

source::Item item(std::string id, std::string url, std::string title, std::optional<Time> published = {}) {
  source::Item out;
  out.id = std::move(id);
  out.hints.url = std::move(url);
  out.hints.title = std::move(title);
  if (published) out.hints.published = StatedDate{*published, true, ""};
  return out;
}

/// Items seen so far, found by key as in a store.
class Known {
 public:
  explicit Known(const std::vector<source::Item>& items) {
    const std::vector<ItemKeys> keys = keys_of(items);
    for (std::size_t i = 0; i < items.size(); ++i) {
      store::KnownItem known;
      known.row = static_cast<std::int64_t>(i) + 1;
      known.item_id = items[i].id;
      known.marks = marks_of(items[i]);
      for (const Id& key : keys[i].all()) {
        const auto same = std::ranges::find(matches_, key, &store::KeyMatch::key);
        if (same != matches_.end()) {
          same->shared = true;
        } else {
          matches_.push_back({key, false, known});
        }
      }
    }
  }
  /// The row of the known item that this one is, when it is alone in its answer; 0: new.
  std::int64_t row_of(const source::Item& one) { return row_among({one}, 0); }
  std::int64_t row_among(const std::vector<source::Item>& answer, std::size_t index) {
    const std::vector<ItemKeys> keys = keys_of(answer);
    const store::KnownItem* found = known_as(answer[index], keys[index], matches_);
    return found != nullptr ? found->row : 0;
  }

 private:
  std::vector<store::KeyMatch> matches_;
};

TEST(ItemIdentity, AnIdMayChangeInSchemeHostPrefixTrackingAndSession) {
  Known known({item("https://paper.example/?p=1", "https://paper.example/a", "A")});
  EXPECT_EQ(known.row_of(item("http://www.paper.example/?p=1", "https://paper.example/a", "A")), 1);
  EXPECT_EQ(known.row_of(item("http://paper.example/?p=1&utm_source=x", "https://paper.example/b", "A")), 1);
  EXPECT_EQ(known.row_of(item("http://paper.example/?p=2", "https://paper.example/b", "B")), 0);
}

TEST(ItemIdentity, ARandomIdIsKnownByItsLink) {
  Known known({item("uuid:1", "https://paper.example/a", "A")});
  EXPECT_EQ(known.row_of(item("uuid:2", "https://paper.example/a?utm_campaign=x", "A")), 1);
  EXPECT_EQ(known.row_of(item("uuid:3", "https://paper.example/a", "A, corrected")), 1);
  EXPECT_EQ(known.row_of(item("uuid:4", "https://paper.example/b", "B")), 0);
}

TEST(ItemIdentity, AnIdKeepsTheArticleWhenItsLinkIsEdited) {
  Known known({item("42", "https://paper.example/old-words", "Old words", kNow)});
  EXPECT_EQ(known.row_of(item("42", "https://paper.example/new-words", "New words", kNow)), 1);
  EXPECT_EQ(known.row_of(item("42", "https://paper.example/new-words", "Old words", kNow + 24h)), 1);
  EXPECT_EQ(known.row_of(item("42", "https://paper.example/x", "Another", kNow + 24h)), 0) << "the id is used again";
}

TEST(ItemIdentity, EntriesThatShareAnIdStayApart) {
  const auto one = item("same", "https://paper.example/1", "One");
  const auto two = item("same", "https://paper.example/2", "Two");
  const auto three = item("same", "https://paper.example/3", "Three");
  Known first({one});
  EXPECT_EQ(first.row_among({two, one}, 0), 0);
  EXPECT_EQ(first.row_among({two, one}, 1), 1);
  Known both({one, two});
  EXPECT_EQ(both.row_of(one), 1);
  EXPECT_EQ(both.row_of(two), 2);
  EXPECT_EQ(both.row_of(three), 0) << "an id that two have had tells nothing";
}

TEST(ItemIdentity, PartsOfOnePageAreToldApartByFragmentAndTitle) {
  const auto link = [](int n) { return fmt::format("https://paper.example/releases#v{}", n); };
  const auto release = [&](int n) { return item("https://paper.example/releases", link(n), fmt::format("v{}", n)); };
  Known known({release(1)});
  EXPECT_EQ(known.row_of(release(1)), 1);
  EXPECT_EQ(known.row_of(release(2)), 0);
  EXPECT_EQ(known.row_among({release(2), release(1)}, 1), 1);
  EXPECT_EQ(known.row_among({release(2), release(1)}, 0), 0);
}

TEST(ItemIdentity, APageThatIsWrittenAnewEachDayIsNewEachDay) {
  Known known({item("monday", "https://paper.example/briefing", "Monday's briefing", kNow)});
  EXPECT_EQ(known.row_of(item("tuesday", "https://paper.example/briefing", "Tuesday's briefing", kNow + 24h)), 0);
  EXPECT_EQ(known.row_of(item("monday-2", "https://paper.example/briefing", "Monday's briefing", kNow + 24h)), 1);
}

TEST(ItemIdentity, TheSameWordsOnAnotherDayAreAnotherNotice) {
  store::KnownItem known;
  known.marks.published = kNow;
  EXPECT_TRUE(same_content_is_same(item("2", "", "Storm warning", kNow + 1h), known));
  EXPECT_FALSE(same_content_is_same(item("2", "", "Storm warning", kNow + 24h), known));
  EXPECT_TRUE(same_content_is_same(item("2", "", "Storm warning"), known));
}

}  // namespace
}  // namespace pw::pipeline
