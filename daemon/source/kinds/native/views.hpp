#pragma once
/// The documents that a plugin looks into during one call, and everything that it was handed out of them.

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

/// Owns HTML pages, JSON documents and feeds, and the texts and lists handed out, until it goes. Handles that are none
/// of its own are refused with Errc::not_found, what cannot be read with Errc::parse or Errc::invalid, more than fits
/// with Errc::too_large. One thread.
class Views {
 public:
  static constexpr std::size_t kMaxInput = std::size_t{64} << 20U;   ///< bytes of all documents
  static constexpr std::size_t kMaxOutput = std::size_t{64} << 20U;  ///< bytes of all texts and lists handed out
  static constexpr std::size_t kMaxDocuments = 20'000;

  explicit Views(Lookup& lookup) : lookup_(lookup) {}
  Views(const Views&) = delete;
  Views& operator=(const Views&) = delete;

  Result<pw_node> html(std::string_view markup);
  Result<pw_nodes> select(pw_node from, std::string_view css);
  Result<pw_nodes> children(pw_node node);
  /// A node that is none for the root.
  Result<pw_node> parent(pw_node node);
  Result<pw_str> name(pw_node node);
  /// Errc::not_found apart, "missing" is a text without data.
  Result<pw_str> attribute(pw_node node, std::string_view name);
  Result<pw_str> text(pw_node node);

  Result<pw_value> json(std::string_view document);
  Result<pw_values> json_select(pw_value from, std::string_view pointer);
  Result<pw_str> json_text(pw_value from, std::string_view field);
  Result<std::int32_t> json_type(pw_value value);

  Result<pw_articles> feed(std::string_view document, std::string_view url, Time now);

  /// A copy that lives as long as this.
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
  std::deque<Page> pages_;  ///< numbers grow
  std::deque<boost::json::value> json_;
  std::uint32_t json_number_ = 0;  ///< of this object's values; 0: there are none
  std::vector<const boost::json::value*> values_;
  html::TextPool texts_;
  std::deque<std::vector<pw_node>> node_lists_;
  std::deque<std::vector<pw_value>> value_lists_;
  std::deque<std::vector<pw_str>> text_lists_;
  std::deque<pw_article> articles_;
  std::deque<std::vector<const pw_article*>> article_lists_;
};

}  // namespace pw::native
