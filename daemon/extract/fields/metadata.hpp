#pragma once
/// What a page states about itself outside its text: meta elements and JSON-LD (schema.org). Any thread.

#include "html/dom/dom.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::extract {

/// The article object in a page's JSON-LD. Fields that the page does not give are empty; dates and URLs are as written.
struct LinkedData {
  std::string headline;
  std::string description;
  std::string body;
  std::vector<std::string> authors;
  std::vector<std::string> organizations;  ///< organisations listed as authors
  std::string published;
  std::string modified;
  std::string image;
  std::string section;
  std::string language;
  std::string publisher;
  std::string url;
  std::optional<bool> free;  ///< isAccessibleForFree
  bool is_news = false;      ///< its type is NewsArticle, so the headline is editorial rather than written for search
                             ///< engines
};

/// Reads the JSON-LD of a page; malformed JSON is ignored.
LinkedData read_linked_data(const html::Document& document);

/// The meta elements of a page, by lower-case name, property, itemprop or http-equiv. Values are views of the document,
/// which must outlive this object.
class MetaTags {
 public:
  explicit MetaTags(const html::Document& document);
  /// The first non-empty content for one of the names, in the order of `names`; "" if there is none.
  [[nodiscard]] std::string_view first(std::initializer_list<std::string_view> names) const;
  /// All values of one name, in document order.
  [[nodiscard]] std::vector<std::string_view> all(std::string_view name) const;
  /// The name and content of each element, in document order.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string_view>>& entries() const { return entries_; }

 private:
  std::vector<std::pair<std::string, std::string_view>> entries_;
};

}  // namespace pw::extract
