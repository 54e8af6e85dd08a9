#include "pipeline/new_items.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds kNoteListed = 24h * 7;
constexpr std::size_t kMostDated = 20;  // visits per poll for which a newer date is the only reason …
constexpr std::size_t kFewDated = 2;    // … and if such visits have found nothing new lately
constexpr unsigned kDoubted = 3;

std::optional<Time> date_of(const source::Item& item) {
  const auto& date = item.hints.published ? item.hints.published : item.hints.modified;
  return date ? std::optional(date->time) : std::nullopt;
}

/// Indexes of the items, the newest first.
std::vector<std::size_t> newest_first(const std::vector<source::Item>& items) {
  std::vector<std::size_t> order(items.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const bool all_dated = std::ranges::all_of(items, [](const source::Item& one) { return date_of(one).has_value(); });
  if (all_dated) {
    std::ranges::stable_sort(order, std::ranges::greater{}, [&](std::size_t i) { return *date_of(items[i]); });
  }
  return order;
}

/// The matches by key; at most a few per key.
class MatchIndex {
 public:
  explicit MatchIndex(std::span<const store::KeyMatch> matches) {
    for (const store::KeyMatch& match : matches) by_key_.emplace(match.key, &match);
  }
  [[nodiscard]] std::vector<store::KeyMatch> of(const ItemKeys& keys) const {
    std::vector<store::KeyMatch> out;
    for (const Id& key : keys.all()) {
      const auto found = by_key_.find(key);
      if (found != by_key_.end()) out.push_back(*found->second);
    }
    return out;
  }

 private:
  std::map<Id, const store::KeyMatch*> by_key_;
};

/// The addresses by which the known item was not found. Ids that change each time are not worth storing.
std::vector<Id> new_addresses(const ItemKeys& keys, std::span<const store::KeyMatch> matches) {
  std::vector<Id> out;
  for (const Id& key : {keys.url, keys.link, keys.url_shared || keys.url == Id{} ? keys.entry : Id{}}) {
    if (key == Id{}) continue;
    if (std::ranges::find(matches, key, &store::KeyMatch::key) == matches.end()) out.push_back(key);
  }
  return out;
}

class Selector {
 public:
  Selector(std::span<const store::KeyMatch> matches, const SelectionLimits& limits)
      : index_(matches), limits_(limits), dated_(limits.revisit.idle_visits < kDoubted ? kMostDated : kFewDated) {}

  void take(source::Item&& item, const ItemKeys& keys) {
    const std::vector<store::KeyMatch> matches = index_.of(keys);
    const store::KnownItem* known = known_as(item, keys, matches);
    if (known == nullptr) {
      take_new(std::move(item), keys);
    } else if (rows_.insert(known->row).second) {
      take_known(std::move(item), keys, *known, matches);
    }
  }

  Selection finish() {
    std::ranges::reverse(out_.candidates);
    return std::move(out_);
  }

 private:
  void take_new(source::Item&& item, const ItemKeys& keys) {
    if (is_repeated(keys)) return;
    if (taken_ >= limits_.max_items) {
      ++out_.left;
      return;
    }
    ++taken_;
    out_.candidates.push_back({std::move(item), keys.all(), keys.entry, std::nullopt, Revisit::none});
  }

  /// True if the answer already contained the same item.
  bool is_repeated(const ItemKeys& keys) {
    bool repeated = !entries_.insert(keys.entry).second;
    if (!keys.id_shared && !keys.id_is_link) repeated = !entries_.insert(keys.id).second || repeated;
    return repeated;
  }

  void take_known(source::Item&& item, const ItemKeys& keys, const store::KnownItem& known,
                  std::span<const store::KeyMatch> matches) {
    if (limits_.revisit.now - known.seen > kNoteListed) out_.listed.push_back(known.row);
    const Revisit why = revisit(item, known, limits_.revisit);
    const bool affordable = why != Revisit::dated || dated_ > 0;
    if (why != Revisit::none && affordable) {
      if (why == Revisit::dated) --dated_;
      out_.candidates.push_back({std::move(item), new_addresses(keys, matches), keys.entry, known, why});
      return;
    }
    if (std::vector<Id> addresses = new_addresses(keys, matches); !addresses.empty()) {
      out_.aliases.push_back({known.row, std::move(addresses), std::nullopt});
    }
  }

  MatchIndex index_;
  SelectionLimits limits_;
  std::size_t dated_;
  std::size_t taken_ = 0;
  std::set<std::int64_t> rows_;
  std::set<Id> entries_;
  Selection out_;
};

}  // namespace

Selection select_items(std::vector<source::Item> items, std::span<const ItemKeys> keys,
                       std::span<const store::KeyMatch> matches, const SelectionLimits& limits) {
  Selector selector(matches, limits);
  for (const std::size_t i : newest_first(items)) selector.take(std::move(items[i]), keys[i]);
  return selector.finish();
}

}  // namespace pw::pipeline
