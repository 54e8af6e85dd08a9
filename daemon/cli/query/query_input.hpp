#pragma once
/// What `presswatch query` reads: queries, the names they may use, and articles.

#include "core/result.hpp"
#include "match/match.hpp"
#include "query/names.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pw::cli {

/// The query itself, or standard input for "-", without white space around it.
std::string query_text(const std::string& argument);

/// The names of a configuration; none without one. Throws config::ConfigError.
std::shared_ptr<const query::NameTable> names_of(const std::filesystem::path& config);

/// An article and its parts.
struct SavedArticle {
  std::string id;  ///< of a line of JSON; else empty
  std::string title;
  std::string text;
  std::string language;
  std::string source;
  std::string url;
  std::string country;
  std::vector<std::string> authors;
  std::vector<std::string> tags;

  /// Borrows from this.
  [[nodiscard]] match::Document document() const;
};

/// A text file is a title, an empty line and the text (without the empty line, text only); .html is extracted as a page
/// is; .json and .jsonl hold objects with "title", "text" and perhaps "id", "language", "source", "url", "country",
/// "authors", "tags". "-" is text on standard input.
Result<std::vector<SavedArticle>> read_articles(const std::filesystem::path& file);

}  // namespace pw::cli
