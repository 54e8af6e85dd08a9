#include "match/engine/engine_builder.hpp"
#include "match/engine/frequencies.hpp"
#include "match/engine/set_impl.hpp"
#include "query/contradiction.hpp"
#include "query/names.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace pw::match {
namespace {

/// Everything is recompiled once more than this fraction of the base has been removed, or as many have been added.
constexpr std::size_t kChangedShare = 8;
/// Up to this many watchlists, everything is always recompiled.
constexpr std::size_t kFew = 1000;

bool same_query(const Watchlist& a, const Watchlist& b) {
  if (&a == &b) return true;
  return a.query == b.query && a.dialect == b.dialect && a.keywords == b.keywords && a.shared_names == b.shared_names &&
         a.names == b.names;
}

/// Finds watchlists of an older set by id; fastest if the order is unchanged.
class Older {
 public:
  explicit Older(const WatchlistSet::Shared& lists) : lists_(lists) {}

  std::optional<std::size_t> find(const std::string& id) {
    if (next_ < lists_.size() && lists_[next_]->id == id) return next_++;
    if (by_id_.empty()) {
      for (std::size_t i = 0; i < lists_.size(); ++i) by_id_.emplace(lists_[i]->id, i);
    }
    const auto found = by_id_.find(id);
    if (found == by_id_.end()) return std::nullopt;
    next_ = found->second + 1;
    return found->second;
  }

 private:
  const WatchlistSet::Shared& lists_;
  std::unordered_map<std::string_view, std::size_t> by_id_;
  std::size_t next_ = 0;
};

Error refusal(const Watchlist& list, const query::QueryError& error) {
  return fail(Errc::invalid, "watchlist {}: {}", list.id,
              list.query.empty() ? error.message : query::render(error, list.query));
}

}  // namespace

std::variant<query::Node, query::QueryError> parse(const Watchlist& list) {
  const query::NameTable names(list.names, list.shared_names);
  auto parsed = list.query.empty()       ? query::parse_keywords(list.keywords, names)
                : list.may_be_never_true ? query::parse_any_query(list.query, names, list.dialect)
                                         : query::parse_query(list.query, names, list.dialect);
  if (auto* root = std::get_if<query::Node>(&parsed)) {
    if (auto error = query::widen(*root, list.widening)) return std::move(*error);
  }
  return parsed;
}

std::optional<Error> WatchlistSet::Impl::add_layer(const std::vector<std::uint32_t>& fresh,
                                                   const Frequencies& frequencies) {
  EngineBuilder builder(frequencies);
  Layer layer;
  for (const std::uint32_t list : fresh) {
    const auto parsed = parse(*lists[list]);
    if (const auto* error = std::get_if<query::QueryError>(&parsed)) return refusal(*lists[list], *error);
    builder.add(std::get<query::Node>(parsed));
    places[list] = {static_cast<std::uint32_t>(layers.size()), static_cast<std::uint32_t>(layer.watchlists.size())};
    layer.watchlists.push_back(list);
  }
  layer.engine = std::make_shared<const Engine>(builder.finish());
  layers.push_back(std::move(layer));
  return std::nullopt;
}

std::vector<std::uint32_t> WatchlistSet::Impl::share(const Impl& before) {
  const Layer& base = before.layers.front();
  const std::size_t old_size = base.watchlists.size();
  Layer shared{base.engine, std::vector<std::uint32_t>(old_size, Layer::kGone)};
  std::vector<std::uint32_t> fresh;
  Older older(before.lists);
  for (std::uint32_t index = 0; index < lists.size(); ++index) {
    std::shared_ptr<const Watchlist>& list = lists[index];
    const auto old = older.find(list->id);
    if (old && list != before.lists[*old] && *list == *before.lists[*old]) list = before.lists[*old];
    if (old && before.places[*old].layer == 0 && same_query(*list, *before.lists[*old])) {
      places[index] = before.places[*old];
      shared.watchlists[places[index].query] = index;
    } else {
      fresh.push_back(index);
    }
  }
  const std::size_t gone = old_size - (lists.size() - fresh.size());
  if (std::max(fresh.size(), gone) <= std::max(old_size / kChangedShare, kFew)) layers.push_back(std::move(shared));
  return fresh;
}

WatchlistSet::WatchlistSet(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
WatchlistSet::~WatchlistSet() = default;

std::size_t WatchlistSet::size() const { return impl_->lists.size(); }
const Watchlist& WatchlistSet::watchlist(std::size_t index) const { return *impl_->lists[index]; }
const WatchlistSet::Shared& WatchlistSet::watchlists() const { return impl_->lists; }

std::size_t WatchlistSet::bytes() const {
  std::size_t bytes = 0;
  for (const Layer& layer : impl_->layers) {
    bytes += layer.engine->bytes() + layer.watchlists.capacity() * sizeof(layer.watchlists[0]);
  }
  return bytes + impl_->places.capacity() * sizeof(Impl::Place);
}

Result<std::shared_ptr<const WatchlistSet>> WatchlistSet::compile(std::span<const Watchlist> watchlists) {
  static const Frequencies kNothingLearnt;
  return compile(watchlists, nullptr, kNothingLearnt);
}

std::optional<WatchlistSet::Refusal> WatchlistSet::check(const Watchlist& watchlist) {
  const auto parsed = parse(watchlist);
  const auto* error = std::get_if<query::QueryError>(&parsed);
  if (error == nullptr) return std::nullopt;
  return Refusal{refusal(watchlist, *error), error->offset};
}

Result<std::shared_ptr<const WatchlistSet>> WatchlistSet::compile(std::span<const Watchlist> watchlists,
                                                                  const std::shared_ptr<const WatchlistSet>& before,
                                                                  const Frequencies& frequencies) {
  Shared copies;
  copies.reserve(watchlists.size());
  for (const Watchlist& list : watchlists) copies.push_back(std::make_shared<const Watchlist>(list));
  return compile(std::move(copies), before, frequencies);
}

Result<std::shared_ptr<const WatchlistSet>> WatchlistSet::compile(Shared watchlists,
                                                                  const std::shared_ptr<const WatchlistSet>& before,
                                                                  const Frequencies& frequencies) {
  auto impl = std::make_unique<Impl>();
  impl->lists = std::move(watchlists);
  impl->places.resize(impl->lists.size());
  std::vector<std::uint32_t> fresh;
  if (before != nullptr) fresh = impl->share(*before->impl_);
  if (impl->layers.empty()) {
    fresh.resize(impl->lists.size());
    std::iota(fresh.begin(), fresh.end(), 0U);
  }
  if (!fresh.empty() || impl->layers.empty()) {
    if (auto error = impl->add_layer(fresh, frequencies)) return std::move(*error);
  }
  return std::shared_ptr<const WatchlistSet>(new WatchlistSet(std::move(impl)));
}

}  // namespace pw::match
