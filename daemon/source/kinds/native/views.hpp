#pragma once
/// The documents that a plugin inspects during one call, and the data it receives from them.

#include "core/result.hpp"
#include "core/time.hpp"
#include "html/dom/dom.hpp"
#include "source/kinds/native/lookup.hpp"
#include "source/plugin.hpp"

#include <boost/json/value.hpp>
#include <plugin.h>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace pw::native {

/// Owns HTML pages, JSON documents and feeds, and the texts and lists returned to the plugin, until destroyed. Errors:
/// Errc::not_found for handles that are not its own, Errc::parse or Errc::invalid for malformed input, Errc::too_large
/// if a limit is exceeded. Not thread-safe.
class Views {
 public:
  static constexpr std::size_t kMaxInput = std::size_t{64} << 20U;   ///< total size of all documents, in bytes
  static constexpr std::size_t kMaxOutput = std::size_t{64} << 20U;  ///< total size of all returned texts and lists, in
                                                                     ///< bytes
  static constexpr std::size_t kMaxDocuments = 20'000;

  explicit Views(Lookup& lookup) : lookup_(lookup) {}
  Views(const Views&) = delete;
  Views& operator=(const Views&) = delete;

  Result<pw_node> html(std::string_view markup);
  Result<pw_nodes> select(pw_node from, std::string_view css);
  Result<pw_nodes> children(pw_node node);
  /// The parent of a node; an invalid node for the root.
  Result<pw_node> parent(pw_node node);
  Result<pw_str> name(pw_node node);
  /// The value of an attribute; text without data if it is missing.
  Result<pw_str> attribute(pw_node node, std::string_view name);
  Result<pw_str> text(pw_node node);

  Result<pw_value> json(std::string_view document);
  Result<pw_values> json_select(pw_value from, std::string_view pointer);
  Result<pw_str> json_text(pw_value from, std::string_view field);
  Result<std::int32_t> json_type(pw_value value);

  Result<pw_articles> feed(std::string_view document, std::string_view url, Time now);

  /// Stores a copy that lives as long as this object.
  Result<pw_str> keep(std::string_view text);

 private:
  struct Page {
    std::uint32_t number;
    html::Document document;
  };
  struct Place {
    const html::Document* page;
    html::NodeIndex index;
    std::uint32_t number;
  };

  [[nodiscard]] Result<Place> find(pw_node node) const;
  [[nodiscard]] Result<const boost::json::value*> find(pw_value value) const;
  Result<void> admit(std::size_t bytes);
  Result<void> hand_out(std::size_t bytes);
  Result<pw_nodes> list(const Place& place, const std::vector<html::NodeIndex>& indices);
  Result<const pw_article*> article(const source::Item& item);

  Lookup& lookup_;
  std::size_t input_ = 0;
  std::size_t output_ = 0;
  std::size_t documents_ = 0;
  std::deque<Page> pages_;  ///< in ascending order of number
  std::deque<boost::json::value> json_;
  std::uint32_t json_number_ = 0;  ///< document number of the JSON values; 0: there are none
  std::vector<const boost::json::value*> values_;
  html::TextPool texts_;
  std::deque<std::vector<pw_node>> node_lists_;
  std::deque<std::vector<pw_value>> value_lists_;
  std::deque<std::vector<pw_str>> text_lists_;
  std::deque<pw_article> articles_;
  std::deque<std::vector<const pw_article*>> article_lists_;
};

}  // namespace pw::native
