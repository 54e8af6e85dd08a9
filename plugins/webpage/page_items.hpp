#pragma once
/// Reads items from the listing page itself: channels, timelines, press releases with their text.

#include "html/css/selector.hpp"
#include "html/dom/dom.hpp"
#include "source/plugin.hpp"

#include <optional>
#include <vector>

namespace pw::plugins {

/// The compiled selectors of one source. Immutable; any thread.
class PageItems {
 public:
  /// Reads the options items, link, headline, text, published and complete. Throws std::invalid_argument for an invalid
  /// selector; the message names the option.
  explicit PageItems(const config::Options& options);

  /// At most 500 items, newest first: if the dates on the page are in ascending order, the list is reversed. Relative
  /// links are resolved against `base`.
  [[nodiscard]] std::vector<source::Item> read(const html::Document& page, std::string_view base, Time now) const;

 private:
  [[nodiscard]] std::optional<source::Item> read_one(const html::Document& page, html::NodeIndex node,
                                                     std::string_view base, Time now) const;

  html::Selector items_;
  std::optional<html::Selector> link_, headline_, text_, published_;
  bool complete_;
};

}  // namespace pw::plugins
