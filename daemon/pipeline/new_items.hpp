#pragma once
/// Selects the items of an answer that are to be processed: new ones, and known ones that changed. Pure.

#include "pipeline/item_identity.hpp"
#include "pipeline/revisit.hpp"
#include "source/plugin.hpp"
#include "store/storage.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace pw::pipeline {

/// An item to be processed.
struct Candidate {
  source::Item item;
  std::vector<Id> keys;                   ///< by which it will be known
  Id entry;                               ///< identifies it in the ids of its alerts
  std::optional<store::KnownItem> known;  ///< the item of which it may be a revision
  Revisit revisit = Revisit::none;        ///< the reason, for a known item
};

struct Selection {
  std::vector<Candidate> candidates;      ///< oldest first, so that alerts are in chronological order
  std::vector<store::ItemVisit> aliases;  ///< known items found at a new address
  std::vector<std::int64_t> listed;       ///< known items to be recorded as still listed
  std::size_t left = 0;                   ///< number of items left to later polls
};

struct SelectionLimits {
  std::size_t max_items = 0;  ///< limit for new items
  RevisitLimits revisit;
};

/// `items` are in the order of the answer, by convention newest first; if all of them are dated, the dates decide.
/// `keys`: keys_of(items). `matches`: the known items that have one of the keys.
Selection select_items(std::vector<source::Item> items, std::span<const ItemKeys> keys,
                       std::span<const store::KeyMatch> matches, const SelectionLimits& limits);

}  // namespace pw::pipeline
