#pragma once
/// Guesses which links of a page form its list of articles, and derives a CSS selector for them. Used to suggest a
/// source file.

#include "html/dom/dom.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// One link of a listing.
struct ListingLink {
  std::string url;   ///< absolute
  std::string text;  ///< white space collapsed
};

/// A group of links that looks like a list of articles.
struct Listing {
  std::string selector;  ///< a valid selector that finds `links` and as few others as possible
  std::vector<ListingLink> links;
  double score = 0;
};

/// Groups of links to pages of the same site that have similar positions and read like headlines, best first, at most
/// `most`. `page` must have been parsed with HtmlOptions::keep_all. Pure; any thread.
std::vector<Listing> find_listings(const html::Document& page, std::string_view url, std::size_t most = 3);

}  // namespace pw::extract
