#pragma once
/// Compiled watchlists and the matcher.

#include "core/result.hpp"
#include "query/query.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::match {

struct Watchlist {
  std::string id;
  std::string title;
  std::string query;                                    ///< this, or keywords
  query::Dialect dialect = query::Dialect::presswatch;  ///< of the query
  bool may_be_never_true = false;     ///< the query is of a generated workload: what can match nothing is let pass
  std::vector<std::string> keywords;  ///< any of these
  std::string priority = "normal";
  std::vector<std::string> languages;  ///< empty: all
  std::vector<std::string> sources;    ///< ids, or "tag:NAME"; empty: all
  bool per_story = false;
  query::Names names;
  std::shared_ptr<const query::NameTable> shared_names;  ///< of all watchlists; its own names come first
};

/// An article as the matcher takes it. Borrows.
struct Document {
  std::string_view title;
  std::string_view text;  ///< a paragraph a line
  std::string_view language;
  std::string_view source;
  std::span<const std::string> source_tags;
  std::string_view url;
  std::string_view site;
  std::span<const std::string> authors;
  std::string_view country;  ///< of the source: ISO 3166, two letters; empty: unknown
};

/// One place where a term stands.
struct TermHit {
  std::string term;
  std::string field;      ///< "title" or "text"
  std::size_t begin = 0;  ///< UTF-8 bytes into the field
  std::size_t end = 0;
  std::string matched;
  std::string alias_of;
};

struct Match {
  std::size_t watchlist = 0;  ///< index into the set
  std::vector<TermHit> hits;  ///< title first, then by place; at most a few of each term
  std::string sentence;       ///< around the first hit of the text, else the title
  std::size_t mentions = 0;   ///< places of all terms together; those that overlap are one
  double score = 0;           ///< more for more different terms, more places, the title, and weights
};

class Frequencies;

/// Immutable after compile; threads share it. The queries are compiled to tables; of each watchlist itself a copy is
/// kept, from whose query the few that match are explained.
class WatchlistSet {
 public:
  /// Errc::invalid when a query is wrong; the message names the watchlist and shows the place with a caret.
  static Result<std::shared_ptr<const WatchlistSet>> compile(std::span<const Watchlist> watchlists);
  /// The same. What `before` has compiled is kept: the new set has the tables of the old one, a mark on what is gone
  /// and small tables of what is new. When that has become much, or without `before`, all is compiled, with rare words
  /// chosen by `frequencies`.
  static Result<std::shared_ptr<const WatchlistSet>> compile(std::span<const Watchlist> watchlists,
                                                             const std::shared_ptr<const WatchlistSet>& before,
                                                             const Frequencies& frequencies);
  /// What is wrong with a watchlist's query or keywords, if anything is.
  static std::optional<Error> check(const Watchlist& watchlist);
  ~WatchlistSet();

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const Watchlist& watchlist(std::size_t index) const;
  /// Memory of the compiled tables in bytes, without the watchlists themselves.
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class Matcher;
  class Impl;
  explicit WatchlistSet(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Matches documents, one after another, in memory that it keeps. One thread at a time.
class Matcher {
 public:
  explicit Matcher(std::shared_ptr<const WatchlistSet> set);
  ~Matcher();

  /// Indexes of the watchlists whose query is true, ascending. Valid until the next call.
  const std::vector<std::size_t>& match_ids(const Document& document);
  /// Those of them that want the article's language and source, each explained.
  std::vector<Match> match(const Document& document);
  /// Of the last document, the watchlists that it was not decided for, ascending: its words were so placed that a NEAR
  /// would have taken too many steps.
  [[nodiscard]] const std::vector<std::size_t>& undecided() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::match
