#include "match/match.hpp"

#include "match/explain.hpp"
#include "match/search.hpp"
#include "match/set_impl.hpp"

#include <algorithm>

namespace pw::match {
namespace {

/// The languages and sources that a watchlist limits itself to. An unknown language passes: better one too many.
bool wanted(const Watchlist& list, const Document& document) {
  const bool language = list.languages.empty() || document.language.empty() ||
                        std::ranges::find(list.languages, document.language) != list.languages.end();
  const auto names_source = [&](const std::string& one) {
    if (!one.starts_with("tag:")) return one == document.source;
    return std::ranges::find(document.source_tags, one.substr(4)) != document.source_tags.end();
  };
  return language && (list.sources.empty() || std::ranges::any_of(list.sources, names_source));
}

}  // namespace

class Matcher::Impl {
 public:
  explicit Impl(std::shared_ptr<const WatchlistSet> set) : set_(std::move(set)) {
    for (const Layer& layer : set_->impl_->layers) searches_.emplace_back(*layer.engine);
  }

  const std::vector<std::size_t>& match_ids(const Document& document) {
    tokens_.read(document);
    ids_.clear();
    for (std::size_t i = 0; i < searches_.size(); ++i) {
      found_.clear();
      searches_[i].run(tokens_, document, found_);
      for (const std::uint32_t query : found_) {
        const std::uint32_t list = set_->impl_->layers[i].watchlists[query];
        if (list != Layer::kGone) ids_.push_back(list);
      }
    }
    std::ranges::sort(ids_);
    return ids_;
  }

  std::vector<Match> match(const Document& document) {
    match_ids(document);
    std::erase_if(ids_, [&](std::size_t id) { return !wanted(set_->watchlist(id), document); });
    if (ids_.empty()) return {};
    Vocabulary vocabulary;
    std::vector<Compiled> queries;
    for (const std::size_t id : ids_) {
      queries.push_back(compile(std::get<Node>(parse(set_->watchlist(id))), vocabulary));
    }
    Reading reading(vocabulary);
    reading.read(document);
    std::vector<Match> out;
    for (std::size_t i = 0; i < queries.size(); ++i) {
      out.push_back(explain(queries[i], reading));
      out.back().watchlist = ids_[i];
    }
    return out;
  }

 private:
  std::shared_ptr<const WatchlistSet> set_;
  TokenIndex tokens_;
  std::vector<Search> searches_;  ///< one a layer
  std::vector<std::uint32_t> found_;
  std::vector<std::size_t> ids_;
};

Matcher::Matcher(std::shared_ptr<const WatchlistSet> set) : impl_(std::make_unique<Impl>(std::move(set))) {}
Matcher::~Matcher() = default;

const std::vector<std::size_t>& Matcher::match_ids(const Document& document) { return impl_->match_ids(document); }
std::vector<Match> Matcher::match(const Document& document) { return impl_->match(document); }

}  // namespace pw::match
