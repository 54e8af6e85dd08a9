#pragma once
/// The implementation of WatchlistSet. Private to match.

#include "match/engine/engine.hpp"
#include "match/match.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

namespace pw::match {

/// Parses the query or keywords of a watchlist.
std::variant<query::Node, query::QueryError> parse(const Watchlist& list);

/// An engine, and the watchlist in the set for each of its queries.
struct Layer {
  static constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();

  std::shared_ptr<const Engine> engine;
  std::vector<std::uint32_t> watchlists;  ///< by query; kGone: removed
};

class WatchlistSet::Impl {
 public:
  struct Place {
    std::uint32_t layer;
    std::uint32_t query;
  };

  /// Takes equal watchlists and the base of an older set, unless too much has changed for that. Returns the lists that
  /// are not in the base.
  std::vector<std::uint32_t> share(const Impl& before);
  /// Compiles some of the lists into a new layer.
  std::optional<Error> add_layer(const std::vector<std::uint32_t>& fresh, const Frequencies& frequencies);

  Shared lists;               ///< with distinct ids
  std::vector<Place> places;  ///< parallel to lists
  std::vector<Layer> layers;  ///< the base and, possibly, what has changed since it was built
};

}  // namespace pw::match
