#pragma once
/// Input of the `presswatch query` verbs: queries, the names they may use, and articles.

#include "core/result.hpp"
#include "match/match.hpp"
#include "query/names.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace pw::cli {

/// The argument itself, or standard input for "-", trimmed.
std::string query_text(const std::string& argument);

/// The names of a configuration; empty without one. Throws config::ConfigError.
std::shared_ptr<const query::NameTable> names_of(const std::filesystem::path& config);

/// An article read from a file.
struct SavedArticle {
  std::string id;  ///< from JSON; else empty
  std::string title;
  std::string text;
  std::string language;
  std::string source;
  std::string url;
  std::string country;
  std::vector<std::string> authors;
  std::vector<std::string> tags;

  /// Borrows from this object.
  [[nodiscard]] match::Document document() const;
};

/// Reads articles. A text file is a title, an empty line and the text (without an empty line, only text); .html is
/// extracted like a fetched page; .json and .jsonl hold objects with "title", "text" and optionally "id", "language",
/// "source", "url", "country", "authors", "tags". "-" is text from standard input.
Result<std::vector<SavedArticle>> read_articles(const std::filesystem::path& file);

}  // namespace pw::cli
