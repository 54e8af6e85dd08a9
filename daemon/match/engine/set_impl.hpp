#pragma once
/// What a WatchlistSet is made of. Private to match/.

#include "match/engine/engine.hpp"
#include "match/match.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace pw::match {

/// The tree of a watchlist's query or keywords.
std::variant<query::Node, query::QueryError> parse(const Watchlist& list);

/// An engine, and which watchlist of the set each of its queries is.
struct Layer {
  static constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();

  std::shared_ptr<const Engine> engine;
  std::vector<std::uint32_t> watchlists;  ///< by query; kGone: of none any more
};

class WatchlistSet::Impl {
 public:
  struct Place {
    std::uint32_t layer;
    std::uint32_t query;
  };

  /// Compiles some of the lists into a layer of their own.
  std::optional<Error> add_layer(const std::vector<std::uint32_t>& fresh, const Frequencies& frequencies);

  std::vector<std::shared_ptr<const Watchlist>> lists;  ///< no two with one id
  std::vector<Place> places;                            ///< beside lists
  std::vector<Layer> layers;                            ///< the base, then perhaps what changed since it was built
};

}  // namespace pw::match
