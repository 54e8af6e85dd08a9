#pragma once
/// The byte filter that runs before gumbo. It reduces HTML source to small, shallow markup without the constructs that
/// gumbo is slow at. Gumbo sees only the structure: texts and attributes bypass it, represented by references.

#include "html/dom/html.hpp"
#include "html/dom/html_scan.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::html {

/// Prefix for the names of elements that gumbo treats specially (formatting, forms). Under the prefixed name they are
/// plain elements, so gumbo never copies or reparents elements because of them.
inline constexpr std::string_view kPlainPrefix = "pw-";

/// A reference is one character of a private use area, because gumbo makes a token of each character.
inline constexpr std::size_t kMaxReferences = 137'000;
char32_t to_reference(std::size_t number);
/// The number of a reference, or nothing if the character is none.
std::optional<std::size_t> from_reference(char32_t c);

/// "<div A>B</div>", with references for A and B, means a div with the attributes of range A around text B. Text that
/// is only white space is written as it is.
struct FilteredHtml {
  struct Range {
    std::uint32_t first = 0;
    std::uint16_t count = 0;
  };

  std::string markup;
  TextPool pool;                          ///< holds texts and attributes
  std::vector<std::string_view> texts;    ///< references are decoded
  std::vector<Attribute> attributes;      ///< of all elements
  std::vector<Range> ranges;              ///< the attributes of one element each
  std::vector<std::string_view> json_ld;  ///< views into the source
  std::size_t elements = 0;
  bool truncated = false;
};

/// One run of the filter over `source`, which must outlive the result. Not thread-safe.
class HtmlFilter {
 public:
  HtmlFilter(std::string_view source, const HtmlOptions& options);
  FilteredHtml run();

 private:
  struct Open {
    Tag tag;
    bool silent;  ///< dropped from the output
    bool plain;   ///< a plain element for gumbo
    std::size_t name_hash;
  };

  void on_text(std::string_view text);
  void on_start();
  void on_end();
  bool leave_out();
  void take_script();
  void take_title();
  bool take_unshown();
  void write_empty();
  void close_implied(Tag tag);
  void close_up_to(std::size_t depth);
  [[nodiscard]] std::size_t find_open(Tag tag, std::size_t hash);
  template <class Wanted, class Barrier>
  [[nodiscard]] std::size_t find_open_if(Wanted wanted, Barrier barrier);
  void write_start(bool is_void);
  void write_attributes();
  void write_end(Tag tag, std::string_view name);
  void write_plain_ends(std::size_t outer);
  void write_text();
  void add_space();
  void keep_attribute(const Attribute& attribute, FilteredHtml::Range& range);
  [[nodiscard]] std::string_view kept_name(std::string_view name);
  [[nodiscard]] bool full() const {
    return out_.markup.size() + content_bytes_ + text_.size() > options_.max_content_bytes;
  }

  const HtmlOptions& options_;
  HtmlScanner scanner_;
  FilteredHtml out_;
  std::vector<Open> open_;
  std::array<std::uint32_t, static_cast<std::size_t>(Tag::count_)> open_count_{};
  std::string text_;   ///< text since the last tag that was written
  std::string lower_;  ///< scratch
  std::uint32_t written_depth_ = 0;
  std::uint32_t overflow_ = 0;  ///< start tags dropped at maximum depth and not yet closed
  std::uint64_t steps_ = 0;     ///< spent searching for open elements
  std::size_t json_ld_bytes_ = 0;
  std::size_t content_bytes_ = 0;  ///< total size of texts and attributes
  bool after_block_ = true;
  bool opened_pre_ = false;  ///< a line break here is not part of the text
  bool has_html_ = false;
  bool has_body_ = false;
};

}  // namespace pw::html
