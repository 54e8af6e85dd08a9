#pragma once
/// Finds the article's text in a prepared page.

#include "extract/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::extract {

/// Marks subtrees that are no text: by element, role, hiding and class words. Whatever holds much of the page's text is
/// spared.
void drop_boilerplate(Page& page);

struct Container {
  html::NodeIndex node = html::kNoNode;
  std::string_view method;  ///< which rule chose it
};

/// The smallest subtree that holds the article.
Container choose_container(const Page& page);

struct BodyHints {
  std::string_view url;  ///< of the page
  std::string_view title;
  std::string_view description;  ///< of the page's metadata: tells which line is the standfirst
};

/// Marks lists that are mostly links, and rows of cards (linked heading, a few lines) that lead to pages of this site.
void drop_link_lists(Page& page, html::NodeIndex container, std::string_view url);

struct Paragraph {
  const Block* block;
  std::string text;
  Rule rule = Rule::kept;
};

/// The blocks of the container (and a standfirst above it), each with the rule that drops it or Rule::kept.
std::vector<Paragraph> choose_paragraphs(Page& page, const Container& container, const BodyHints& hints);

/// The kept ones, one a line.
std::string joined(const std::vector<Paragraph>& paragraphs);

}  // namespace pw::extract
