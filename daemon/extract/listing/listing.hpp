#pragma once
/// Which links of a page are its list of articles, and the CSS selector that finds them: a guess for a first source
/// file.

#include "html/dom/dom.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

struct ListingLink {
  std::string url;   ///< absolute
  std::string text;  ///< white space folded
};

struct Listing {
  std::string selector;  ///< compiles, and finds `links` and as little else as could be had
  std::vector<ListingLink> links;
  double score = 0;
};

/// Groups of links to pages of the same site that stand at like places and read like headlines, best first, at most
/// `most`. `page` must have been parsed with HtmlOptions::keep_all. Pure; any thread.
std::vector<Listing> find_listings(const html::Document& page, std::string_view url, std::size_t most = 3);

}  // namespace pw::extract
