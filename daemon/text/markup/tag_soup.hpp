#pragma once
/// A pull tokenizer for XML as found on the web, well-formed or not. It never fails, does not allocate, and reads each
/// byte a bounded number of times. DTDs are skipped; character references are left to append_decoded. Use one object
/// per document; not thread-safe. Tokens are views of the document, which must outlive them.

#include <cstddef>
#include <string_view>

namespace pw::text {

/// A token; all views point into the document.
struct SoupToken {
  enum class Kind {
    end_of_input,
    text,       ///< `text` is raw: references are not decoded
    cdata,      ///< `text` is literal
    start_tag,  ///< `name`, and `text` holds the attributes for SoupAttributes
    end_tag,    ///< `name`; may be empty
    other,      ///< comment, processing instruction or declaration
  };
  Kind kind = Kind::end_of_input;
  bool self_closing = false;
  std::string_view name;  ///< with its namespace prefix, as written
  std::string_view text;
  std::string_view source;  ///< the whole token as it appears in the document
};

/// The tokenizer; see the top of this file.
class TagSoup {
 public:
  /// In XML, a '<' inside a quoted value means that the closing quote is missing; in HTML it is part of the value.
  enum class Dialect { xml, html };

  explicit TagSoup(std::string_view document, Dialect dialect = Dialect::xml)
      : doc_(document), html_(dialect == Dialect::html), search_budget_(document.size() * kSearches) {}

  /// The next token. `open_name` is the name of the innermost open element: an unterminated CDATA section ends at the
  /// end tag of that name.
  SoupToken next(std::string_view open_name = {});

  [[nodiscard]] std::size_t position() const noexcept { return pos_; }
  [[nodiscard]] bool damaged() const noexcept { return damaged_; }  ///< some token was not well-formed

 private:
  static constexpr std::size_t kSearches = 8;

  /// The next occurrence of `mark`; cached, so that each occurrence is searched for only once.
  struct Mark {
    std::string_view mark;
    std::size_t at = 0;
    bool known = false;
  };

  SoupToken text_token();
  SoupToken start_tag();
  SoupToken end_tag();
  SoupToken declaration(std::string_view open_name);
  SoupToken cdata(std::string_view open_name);
  SoupToken doctype();
  SoupToken skip_to(std::size_t end);
  std::size_t find_tag_end(std::size_t from, bool& complete) const;
  std::size_t value_end(std::size_t quote, bool& complete) const;
  std::size_t find(Mark& mark, std::size_t from);
  bool hides_markup(std::size_t from, std::size_t to, std::string_view opener, std::string_view open_name);
  [[nodiscard]] bool opens_markup(std::size_t at) const;
  void finish(SoupToken& token, std::size_t end);

  std::string_view doc_;
  bool html_;
  std::size_t pos_ = 0;
  bool damaged_ = false;
  bool seen_doctype_ = false;
  std::size_t search_budget_;  ///< bytes that hides_markup may still scan; keeps the total time linear
  Mark cdata_end_{"]]>"};
  Mark comment_end_{"-->"};
};

/// Iterates over the attributes of a start tag: quoted, unquoted, or without a value.
class SoupAttributes {
 public:
  explicit SoupAttributes(std::string_view text) : text_(text) {}
  bool next();                 ///< advances to the next attribute; false at the end
  std::string_view name;       ///< with its namespace prefix, as written
  std::string_view raw_value;  ///< references are not decoded

 private:
  std::string_view text_;
  std::size_t pos_ = 0;
};

/// The raw value of the attribute `name` (ASCII case is ignored), or a view with a null data() if it is absent.
std::string_view soup_attribute(std::string_view attributes, std::string_view name);

/// Strips the namespace prefix: "dc:title" -> "title".
std::string_view local_name(std::string_view qualified_name);

}  // namespace pw::text
