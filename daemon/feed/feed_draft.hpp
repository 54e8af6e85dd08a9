#pragma once
/// An entry (or the head of a feed) while its elements come in. Where several say the same, the best one wins: every
/// value comes with a rank, and an equal rank leaves what came first.

#include "feed/feed.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pw::feed {

class FeedDraft {
 public:
  enum Field : std::uint8_t { title, url, id, summary, content, published, updated, language, image, authors, kFields };

  FeedEntry entry;

  /// True when a value of this rank would be taken, so that making it is worth the while.
  [[nodiscard]] bool wants(Field field, std::uint8_t rank) const { return rank > ranks_[field]; }

  /// Sets a text field. Empty values are not taken.
  void set(Field field, std::uint8_t rank, std::string value);

  /// Sets published or updated from text that is a date; keeps the text of `published` in any case.
  void set_date(Field field, std::uint8_t rank, std::string_view text, Time now);

  /// Adds an author; those of a better rank replace all others.
  void add_author(std::uint8_t rank, std::string name);
  void add_category(std::string name);

  /// Takes over every field that this draft does not have.
  void fill_from(const FeedDraft& other);

  [[nodiscard]] bool has(Field field) const { return ranks_[field] != 0; }
  [[nodiscard]] bool blank() const { return !has(title) && !has(url) && !has(id) && !has(summary) && !has(content); }

 private:
  static std::string FeedEntry::*member(Field field);

  std::array<std::uint8_t, kFields> ranks_{};
};

}  // namespace pw::feed
