#pragma once
/// Items that stand on the listing page itself: a channel, a timeline, releases with their text.

#include "html/css/selector.hpp"
#include "html/dom/dom.hpp"
#include "source/plugin.hpp"

#include <optional>
#include <vector>

namespace pw::plugins {

class PageItems {
 public:
  /// Takes the options items, link, headline, text, published and complete.
  /// Throws std::invalid_argument that names a selector that does not compile.
  explicit PageItems(const config::Options& options);

  /// At most 500, newest first: a page that states its dates the other way round is turned. Relative links are seen
  /// from `base`.
  [[nodiscard]] std::vector<source::Item> read(const html::Document& page, std::string_view base, Time now) const;

 private:
  [[nodiscard]] std::optional<source::Item> read_one(const html::Document& page, html::NodeIndex node,
                                                     std::string_view base, Time now) const;

  html::Selector items_;
  std::optional<html::Selector> link_, headline_, text_, published_;
  bool complete_;
};

}  // namespace pw::plugins
