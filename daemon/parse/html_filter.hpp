#pragma once
/// The byte filter in front of gumbo: from HTML source to HTML that is small, flat and without what gumbo is slow at.

#include "parse/html.hpp"
#include "parse/html_scan.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace pw::parse {

/// In front of the names of elements for which gumbo has rules of its own (formatting, forms): under this name they are
/// plain elements to it, so that no element is ever copied or reparented on their account.
inline constexpr std::string_view kPlainPrefix = "pw-";

struct FilteredHtml {
  std::string html;
  std::vector<std::string_view> json_ld;  ///< views of the source
  bool truncated = false;
};

class HtmlFilter {
 public:
  HtmlFilter(std::string_view source, const HtmlOptions& options);
  FilteredHtml run();

 private:
  struct Open {
    Tag tag;
    bool silent;  ///< not written
    std::size_t name_hash;
  };

  void on_text(std::string_view text);
  void on_start();
  void on_end();
  bool leave_out();
  bool take_content(Tag tag);
  void close_implied(Tag tag);
  void close_up_to(std::size_t depth);
  [[nodiscard]] std::size_t find_open(Tag tag, std::size_t hash);
  template <class Wanted, class Barrier>
  [[nodiscard]] std::size_t find_open_if(Wanted wanted, Barrier barrier);
  void write_start(bool is_void);
  void write_attributes();
  void write_escaped(std::string_view text);
  void write_end(Tag tag, std::string_view name);
  [[nodiscard]] bool full() const { return out_.html.size() > options_.max_content_bytes; }
  [[nodiscard]] bool is_kept_attribute(std::string_view lower) const;

  const HtmlOptions& options_;
  HtmlScanner scanner_;
  FilteredHtml out_;
  std::vector<Open> open_;
  std::array<std::uint32_t, static_cast<std::size_t>(Tag::count_)> open_count_{};
  std::array<bool, static_cast<std::size_t>(Tag::count_)> keep_tag_{};
  std::string lower_;
  std::uint32_t written_depth_ = 0;
  std::uint32_t elements_ = 0;
  std::uint32_t overflow_ = 0;  ///< start tags left out at full depth and not yet closed
  std::uint64_t steps_ = 0;     ///< spent on looking for open elements
  std::size_t json_ld_bytes_ = 0;
  bool after_block_ = true;
  bool has_html_ = false;
  bool has_body_ = false;
};

}  // namespace pw::parse
