#pragma once
/// Parses RSS, RDF and Atom, well-formed or not, one token at a time.

#include "feed/feed.hpp"
#include "feed/feed_draft.hpp"
#include "feed/feed_scope.hpp"
#include "text/markup/tag_soup.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pw::feed {

/// Parses one document; call read() once. Not thread-safe; `document` must outlive the reader. Malformed feeds are
/// handled as follows: an end tag closes the nearest element of its name, but nothing outside the entry; the start of
/// an entry ends the previous one; a field without an end tag ends at the next field; and fields followed by a stray
/// </item> form an entry whose start tag is missing.
class FeedReader {
 public:
  FeedReader(std::string_view document, std::string_view base_url, Time now);
  Result<Feed> read();

 private:
  enum class TextKind : std::uint8_t {
    markup,   ///< escaped markup or plain text; references are decoded once
    literal,  ///< plain text: '<' means '<'
    untyped,  ///< literal, unless it contains an end tag
    nested,   ///< markup given as child elements
    base64,
  };

  /// The field being parsed.
  struct Capture {
    bool active = false;
    bool has_elements = false;
    FeedName what;
    TextKind kind = TextKind::markup;
    std::size_t depth = 0;  ///< depth of its element
    std::string_view attributes;
    std::string text;
  };

  struct Person {
    std::string name;
    std::string email;
    std::string uri;
  };

  // feed_reader.cpp: the structure
  void on_start(const text::SoupToken& token);
  void on_end(const text::SoupToken& token);
  void on_text(const text::SoupToken& token);
  [[nodiscard]] std::optional<Error> refuse(const text::SoupToken& token) const;
  bool try_root(const text::SoupToken& token, FeedName& name);
  void dispatch(const text::SoupToken& token, FeedName name);
  void open(const text::SoupToken& token, FeedName name, FeedPlace place);
  void open_entry(const text::SoupToken& token, FeedName name);
  void close_top();
  void close_to(std::size_t depth);
  void finish_entry();
  void stray_entry_end();
  FeedName start_outside(const text::SoupToken& token, std::size_t depth);
  [[nodiscard]] bool starts_next_entry(std::string_view name) const;
  [[nodiscard]] bool ends_capture(FeedName name) const;
  [[nodiscard]] bool is_sealed(bool for_entry);
  bool search_end(OpenElement& element, bool for_entry);
  Feed finish();

  // feed_fields.cpp: the fields
  void begin_capture(const text::SoupToken& token, FeedName name);
  [[nodiscard]] TextKind kind_of(const text::SoupToken& token, FeedName name) const;
  FeedPlace start_field(const text::SoupToken& token, FeedName name);
  void link_attributes(std::string_view attributes);
  void media_attributes(std::string_view attributes, FeedName name);
  void finish_capture();
  void apply(FeedName name, std::string_view text, TextKind kind, bool has_elements);
  void apply_id(FeedName name, std::string_view text, std::string_view attributes);
  void apply_feed_setting(FeedTag tag, std::string_view text);
  void finish_person();
  FeedDraft& draft();
  [[nodiscard]] std::string resolve(std::string_view reference) const;
  [[nodiscard]] std::string attribute(std::string_view attributes, std::string_view name) const;

  std::string_view doc_;
  text::TagSoup soup_;
  FeedScope scope_;
  Time now_;
  Feed feed_;
  FeedDraft head_;                  ///< the feed's own fields
  FeedDraft late_;                  ///< fields outside entries, after the first entry
  std::optional<FeedDraft> entry_;  ///< the open entry
  std::size_t entry_depth_ = 0;
  std::string_view entry_name_;
  Capture capture_;
  Person person_;
  std::uint64_t update_period_ = 0;     ///< minutes
  std::uint64_t update_frequency_ = 1;  ///< times per period
  std::size_t too_deep_ = 0;            ///< open elements beyond the depth limit
  std::size_t search_budget_;           ///< bytes that search_end may still scan
  bool started_ = false;
};

}  // namespace pw::feed
