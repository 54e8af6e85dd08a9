#include "match/match.hpp"

#include "core/text.hpp"
#include "match/evaluate.hpp"
#include "match/explain.hpp"
#include "match/names.hpp"

#include <algorithm>

namespace pw::match {

class WatchlistSet::Impl {
 public:
  std::vector<Watchlist> lists;
  std::vector<Compiled> queries;
  Vocabulary vocabulary;
  std::vector<std::vector<std::uint32_t>> by_word;  ///< queries to try when the word stands in an article
  std::vector<std::uint32_t> always;                ///< queries that no word announces
};

WatchlistSet::WatchlistSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WatchlistSet::~WatchlistSet() = default;

std::size_t WatchlistSet::size() const { return impl_->lists.size(); }
const Watchlist& WatchlistSet::watchlist(std::size_t index) const { return impl_->lists[index]; }

Result<std::shared_ptr<const WatchlistSet>> WatchlistSet::compile(std::span<const Watchlist> watchlists) {
  auto impl = std::make_unique<Impl>();
  impl->lists.assign(watchlists.begin(), watchlists.end());
  for (const Watchlist& list : impl->lists) {
    const NameTable names(list.names, list.shared_names);
    auto parsed = list.query.empty() ? parse_keywords(list.keywords, names) : parse_query(list.query, names);
    if (const auto* error = std::get_if<QueryError>(&parsed)) {
      return fail(Errc::invalid, "watchlist {}: {}", list.id, render(*error, list.query));
    }
    impl->queries.push_back(match::compile(std::move(std::get<Node>(parsed)), impl->vocabulary));
  }
  impl->by_word.resize(impl->vocabulary.size());
  for (std::uint32_t i = 0; i < impl->queries.size(); ++i) {
    auto words = cover(impl->queries[i]);
    if (words.empty()) impl->always.push_back(i);
    std::ranges::sort(words);
    words.erase(std::unique(words.begin(), words.end()), words.end());
    for (const std::uint32_t word : words) impl->by_word[word].push_back(i);
  }
  return std::shared_ptr<const WatchlistSet>(new WatchlistSet(std::move(impl)));
}

class Matcher::Impl {
 public:
  explicit Impl(std::shared_ptr<const WatchlistSet> set)
      : set_(std::move(set)), reading_(set_->impl_->vocabulary), tried_(set_->size(), 0) {}

  std::vector<std::size_t> match_ids(const Document& document) {
    reading_.read(document);
    ++round_;
    std::vector<std::size_t> out;
    const WatchlistSet::Impl& all = *set_->impl_;
    for (const std::uint32_t word : reading_.seen()) {
      for (const std::uint32_t query : all.by_word[word]) try_query(query, out);
    }
    for (const std::uint32_t query : all.always) try_query(query, out);
    std::ranges::sort(out);
    return out;
  }

  std::vector<Match> match(const Document& document) {
    std::vector<Match> out;
    for (const std::size_t index : match_ids(document)) {
      if (!wanted(set_->watchlist(index), document)) continue;
      out.push_back(explain(set_->impl_->queries[index], reading_));
      out.back().watchlist = index;
    }
    return out;
  }

 private:
  void try_query(std::uint32_t query, std::vector<std::size_t>& out) {
    if (tried_[query] == round_) return;
    tried_[query] = round_;
    if (evaluate(set_->impl_->queries[query], reading_)) out.push_back(query);
  }

  /// The languages and sources that a watchlist limits itself to. An unknown language passes: better one too many.
  static bool wanted(const Watchlist& list, const Document& document) {
    const bool language = list.languages.empty() || document.language.empty() ||
                          std::ranges::find(list.languages, document.language) != list.languages.end();
    const auto names_source = [&](const std::string& one) {
      if (!one.starts_with("tag:")) return one == document.source;
      return std::ranges::find(document.source_tags, one.substr(4)) != document.source_tags.end();
    };
    return language && (list.sources.empty() || std::ranges::any_of(list.sources, names_source));
  }

  std::shared_ptr<const WatchlistSet> set_;
  Reading reading_;
  std::vector<std::uint64_t> tried_;
  std::uint64_t round_ = 0;
};

Matcher::Matcher(std::shared_ptr<const WatchlistSet> set) : impl_(std::make_unique<Impl>(std::move(set))) {}
Matcher::~Matcher() = default;

std::vector<std::size_t> Matcher::match_ids(const Document& document) { return impl_->match_ids(document); }
std::vector<Match> Matcher::match(const Document& document) { return impl_->match(document); }

}  // namespace pw::match
