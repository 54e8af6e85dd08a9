#pragma once
/// Finds the text of the article in a prepared page. Pure functions; a Page must not be used by two threads at once.

#include "extract/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Marks boilerplate subtrees, recognised by element, role, hiding or class words. A subtree that holds much of the
/// page's text is kept.
void drop_boilerplate(Page& page);

/// The element chosen as the container of the article's text.
struct Container {
  html::NodeIndex node = html::kNoNode;
  std::string_view method;  ///< the rule that chose it
};

/// Chooses the smallest subtree that contains the article.
Container choose_container(const Page& page);

/// What the page's metadata says about the article.
struct BodyHints {
  std::string_view url;  ///< URL of the page
  std::string_view title;
  std::string_view description;  ///< from the page's metadata; identifies the standfirst
};

/// Marks lists that consist mostly of links, and rows of cards (a linked heading with a few lines) that lead to other
/// pages of the site at `url`.
void drop_link_lists(Page& page, html::NodeIndex container, std::string_view url);

/// A block considered for the text. `rule` says why it was dropped; Rule::kept if it was not.
struct Paragraph {
  const Block* block;
  std::string text;
  Rule rule = Rule::kept;
};

/// The blocks of the container, and a standfirst above it.
std::vector<Paragraph> choose_paragraphs(Page& page, const Container& container, const BodyHints& hints);

/// The text of the kept paragraphs, one per line.
std::string joined(const std::vector<Paragraph>& paragraphs);

}  // namespace pw::extract
