#pragma once
/// Items that stand on the listing page itself: a channel, a timeline, releases with their text.

#include "parse/dom.hpp"
#include "parse/selector.hpp"
#include "source/plugin.hpp"

#include <optional>
#include <vector>

namespace pw::plugins {

class PageItems {
 public:
  /// Takes the options items, link, headline, text, published and complete.
  /// Throws std::invalid_argument that names a selector that does not compile.
  explicit PageItems(const config::Options& options);

  /// At most 500, newest first: a page that states its dates the other way round is turned.
  [[nodiscard]] std::vector<source::Item> read(const parse::Document& page, const source::ParseInput& input) const;

 private:
  [[nodiscard]] std::optional<source::Item> read_one(const parse::Document& page, parse::NodeIndex node,
                                                     const source::ParseInput& input) const;

  parse::Selector items_;
  std::optional<parse::Selector> link_, headline_, text_, published_;
  bool complete_;
};

}  // namespace pw::plugins
