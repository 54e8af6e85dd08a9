#pragma once
/// Which elements of a sitemap are the protocol's own, whatever prefix they wear. Private to feed/.

#include "text/markup/tag_soup.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace pw::feed {

/// One object a document. Views point into the document.
class SitemapScope {
 public:
  /// Takes the declarations of a start tag; the first tag given is the root, whose namespace is the protocol's.
  void open(const text::SoupToken& token);
  void close(std::string_view name);

  /// True for an element in the root's namespace or that of the protocol, and for one without any.
  [[nodiscard]] bool is_own(std::string_view name) const;

 private:
  struct Binding {
    std::string_view element;  ///< on which it is declared
    std::string_view prefix;
    std::string_view uri;
    std::size_t inside = 0;  ///< open elements of the same name in it
  };

  std::vector<Binding> bindings_;
  std::string_view root_prefix_;
  std::string_view root_uri_;
  bool has_root_ = false;
};

}  // namespace pw::feed
