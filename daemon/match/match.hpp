#pragma once
/// Compiles watchlists and matches articles against them.

#include "core/result.hpp"
#include "match/document.hpp"
#include "query/query.hpp"
#include "query/widen.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pw::match {

/// A watchlist as the matcher needs it.
struct Watchlist {
  std::string id;
  std::string title;
  std::string query;                                    ///< either this or keywords
  query::Dialect dialect = query::Dialect::presswatch;  ///< dialect of the query
  bool may_be_never_true = false;     ///< accept queries that can never match; for generated workloads
  std::vector<std::string> keywords;  ///< any of these matches
  std::string priority = "normal";
  std::vector<std::string> languages;  ///< BCP 47 primary subtags; empty: all
  std::vector<std::string> sources;    ///< ids, or "tag:NAME"; empty: all
  query::Widening widening;
  bool per_story = false;
  query::Names names;
  std::shared_ptr<const query::NameTable> shared_names;  ///< names for all watchlists; the watchlist's own names take
                                                         ///< precedence

  friend bool operator==(const Watchlist&, const Watchlist&) = default;
};

/// One occurrence of a term.
struct TermHit {
  std::string term;
  std::string field;      ///< "title" or "text"
  std::size_t begin = 0;  ///< byte offset in the field (UTF-8)
  std::size_t end = 0;
  std::string matched;   ///< the text as it appears in the article
  std::string alias_of;  ///< the name, if the term is an alias; otherwise empty
};

/// A watchlist that matched, with the reasons.
struct Match {
  std::size_t watchlist = 0;  ///< index in the set
  std::vector<TermHit> hits;  ///< title first, then by position; at most a few per term
  std::string sentence;       ///< the sentence with the highest weight, or the title
  std::size_t mentions = 0;   ///< number of occurrences of all terms; overlapping ones count once
  double score = 0;           ///< higher for more distinct terms, more occurrences, occurrences in the title, and
                              ///< weights
};

class Frequencies;

/// Compiled watchlists. Immutable after compile(), so threads may share it. Also keeps each watchlist, whose query
/// explains the few matches.
class WatchlistSet {
 public:
  using Shared = std::vector<std::shared_ptr<const Watchlist>>;

  /// Compiles all watchlists. Errc::invalid if a query is wrong; the message names the watchlist and marks the position
  /// with a caret.
  static Result<std::shared_ptr<const WatchlistSet>> compile(std::span<const Watchlist> watchlists);
  /// Compiles incrementally: the new set shares the tables of `before` and every watchlist that is equal, marks removed
  /// queries and adds small tables for new ones. If much has changed, or if `before` is null, everything is compiled,
  /// with rare words chosen by `frequencies`.
  static Result<std::shared_ptr<const WatchlistSet>> compile(Shared watchlists,
                                                             const std::shared_ptr<const WatchlistSet>& before,
                                                             const Frequencies& frequencies);
  /// The same for copies of the watchlists.
  static Result<std::shared_ptr<const WatchlistSet>> compile(std::span<const Watchlist> watchlists,
                                                             const std::shared_ptr<const WatchlistSet>& before,
                                                             const Frequencies& frequencies);
  /// What is wrong with a query or keywords.
  struct Refusal {
    Error error;
    std::size_t offset = 0;  ///< in the query, in bytes
  };
  /// Checks a watchlist's query or keywords; nullopt if they are valid.
  static std::optional<Refusal> check(const Watchlist& watchlist);
  ~WatchlistSet();

  [[nodiscard]] std::size_t size() const;
  [[nodiscard]] const Watchlist& watchlist(std::size_t index) const;
  /// All watchlists, in the order of compile().
  [[nodiscard]] const Shared& watchlists() const;
  /// Memory used by the compiled tables, in bytes, without the watchlists themselves.
  [[nodiscard]] std::size_t bytes() const;

 private:
  friend class Matcher;
  class Impl;
  explicit WatchlistSet(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

/// Matches documents. Reuses its memory between calls; not thread-safe, use one per thread.
class Matcher {
 public:
  explicit Matcher(std::shared_ptr<const WatchlistSet> set);
  ~Matcher();

  /// Indexes of the watchlists whose query matches, in ascending order. Valid until the next call.
  const std::vector<std::size_t>& match_ids(const Document& document);
  /// The matches among these whose watchlist accepts the article's language and source, with explanations.
  std::vector<Match> match(const Document& document);
  /// The watchlists that were not decided for the last document, in ascending order: evaluating a NEAR would have taken
  /// too many steps.
  [[nodiscard]] const std::vector<std::size_t>& undecided() const;
  /// Has `frequencies` count the words of the last document, which spares tokenizing it again.
  void teach(Frequencies& frequencies) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pw::match
