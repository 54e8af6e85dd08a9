#pragma once
/// What a page states about itself outside its text: meta elements and JSON-LD (schema.org).

#include "html/dom/dom.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::extract {

/// The article-like object of a page's JSON-LD; empty where the page says nothing.
struct LinkedData {
  std::string headline;
  std::string description;
  std::string body;
  std::vector<std::string> authors;
  std::vector<std::string> organizations;  ///< named as authors
  std::string published;
  std::string modified;
  std::string image;
  std::string section;
  std::string language;
  std::string publisher;
  std::string url;
  std::optional<bool> free;  ///< isAccessibleForFree
  bool is_news = false;      ///< a NewsArticle: its headline is the newsroom's, not written for search engines
};

LinkedData read_linked_data(const html::Document& document);

/// meta elements by lower-case name, property, itemprop or http-equiv.
class MetaTags {
 public:
  explicit MetaTags(const html::Document& document);
  /// The first non-empty content under one of the names, in the order of the names.
  [[nodiscard]] std::string_view first(std::initializer_list<std::string_view> names) const;
  /// All contents under one name.
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  /// Name and content of each, in document order.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string_view>>& entries() const { return entries_; }

 private:
  std::vector<std::pair<std::string, std::string_view>> entries_;
};

}  // namespace pw::extract
