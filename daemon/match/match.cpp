#include "match/match.hpp"

#include "match/engine/frequencies.hpp"
#include "match/engine/search.hpp"
#include "match/engine/set_impl.hpp"
#include "match/explain/explain.hpp"

#include <algorithm>

namespace pw::match {
namespace {

/// Checks the watchlist's restrictions on language and source. An article in an unknown language passes, as a false
/// alert is better than a missed one.
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
    undecided_.clear();
    for (std::size_t i = 0; i < searches_.size(); ++i) {
      found_.clear();
      searches_[i].run(tokens_, document, found_);
      add_lists(i, found_, ids_);
      add_lists(i, searches_[i].undecided(), undecided_);
    }
    std::ranges::sort(ids_);
    std::ranges::sort(undecided_);
    return ids_;
  }

  std::vector<Match> match(const Document& document) {
    match_ids(document);
    const auto is_unwanted = [&](std::size_t id) { return !wanted(set_->watchlist(id), document); };
    std::erase_if(ids_, is_unwanted);
    std::erase_if(undecided_, is_unwanted);
    if (ids_.empty()) return {};
    Vocabulary vocabulary;
    std::vector<Compiled> queries;
    for (const std::size_t id : ids_) {
      queries.push_back(compile(std::get<query::Node>(parse(set_->watchlist(id))), vocabulary));
    }
    PositionIndex reading(vocabulary);
    reading.read(document);
    std::vector<Match> out;
    for (std::size_t i = 0; i < queries.size(); ++i) {
      Match match = explain(queries[i], reading);
      match.watchlist = ids_[i];
      // The hits and the score would be incomplete.
      if (reading.steps().used_up()) {
        undecided_.push_back(ids_[i]);
      } else {
        out.push_back(std::move(match));
      }
    }
    std::ranges::sort(undecided_);
    return out;
  }

  [[nodiscard]] const std::vector<std::size_t>& undecided() const { return undecided_; }

  void teach(Frequencies& frequencies) const { frequencies.learn(tokens_); }

 private:
  void add_lists(std::size_t layer, const std::vector<std::uint32_t>& queries, std::vector<std::size_t>& out) const {
    for (const std::uint32_t query : queries) {
      const std::uint32_t list = set_->impl_->layers[layer].watchlists[query];
      if (list != Layer::kGone) out.push_back(list);
    }
  }

  std::shared_ptr<const WatchlistSet> set_;
  TokenIndex tokens_;
  std::vector<Search> searches_;  ///< one per layer
  std::vector<std::uint32_t> found_;
  std::vector<std::size_t> ids_;
  std::vector<std::size_t> undecided_;
};

Matcher::Matcher(std::shared_ptr<const WatchlistSet> set) : impl_(std::make_unique<Impl>(std::move(set))) {}
Matcher::~Matcher() = default;

const std::vector<std::size_t>& Matcher::match_ids(const Document& document) { return impl_->match_ids(document); }
std::vector<Match> Matcher::match(const Document& document) { return impl_->match(document); }
const std::vector<std::size_t>& Matcher::undecided() const { return impl_->undecided(); }
void Matcher::teach(Frequencies& frequencies) const { impl_->teach(frequencies); }

}  // namespace pw::match
