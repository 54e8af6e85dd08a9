#pragma once
/// An entry (or the feed's own metadata) while its elements are parsed. Several elements may provide the same field, so
/// each value has a rank: the highest rank wins, and among equal ranks the first value. Not thread-safe.

#include "feed/feed.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace pw::feed {

/// Collects the fields of one entry in `entry`; finish() is the result.
class FeedDraft {
 public:
  enum Field : std::uint8_t { title, url, id, summary, content, published, updated, language, image, authors, kFields };

  FeedEntry entry;

  /// True if a value of this rank would be accepted. Avoids computing values in vain.
  [[nodiscard]] bool wants(Field field, std::uint8_t rank) const { return rank > ranks_[field]; }

  /// Sets a text field. Empty values are ignored.
  void set(Field field, std::uint8_t rank, std::string value);

  /// Sets `published` or `updated` if `text` is a date. The text of `published` is kept in any case.
  void set_date(Field field, std::uint8_t rank, std::string_view text, Time now);

  /// Adds an author. Authors of a higher rank replace all others.
  void add_author(std::uint8_t rank, std::string name);
  void add_category(std::string name);

  /// The URL of an attached file that is not an image; the first one counts.
  void set_file(std::string address);

  /// Copies every field that this draft lacks.
  void fill_from(const FeedDraft& other);

  [[nodiscard]] bool has(Field field) const { return ranks_[field] != 0; }
  [[nodiscard]] bool blank() const { return !has(title) && !has(url) && !has(id) && !has(summary) && !has(content); }

  /// The entry. An attached file stands in for a missing link (RSS 2.0, enclosure; RFC 4287, 4.2.7.2; JSON Feed 1.1,
  /// attachments).
  FeedEntry finish() &&;

 private:
  static std::string FeedEntry::*member(Field field);

  std::array<std::uint8_t, kFields> ranks_{};
  std::string file_;
};

}  // namespace pw::feed
