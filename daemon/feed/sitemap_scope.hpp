#pragma once
/// Tells which elements of a sitemap belong to the protocol, whatever their namespace prefix. Private to feed/.

#include "text/markup/tag_soup.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace pw::feed {

/// Tracks the namespaces of one document. Its views point into the document.
class SitemapScope {
 public:
  /// Records the namespace declarations of a start tag. The first tag is the root, whose namespace counts as the
  /// protocol's.
  void open(const text::SoupToken& token);
  void close(std::string_view name);

  /// True for an element in the root's namespace, in the protocol's namespace, or in none.
  [[nodiscard]] bool is_own(std::string_view name) const;

 private:
  struct Binding {
    std::string_view element;  ///< the element that declares it
    std::string_view prefix;
    std::string_view uri;
    std::size_t inside = 0;  ///< number of open elements of this name within it
  };

  std::vector<Binding> bindings_;
  std::string_view root_prefix_;
  std::string_view root_uri_;
  bool has_root_ = false;
};

}  // namespace pw::feed
