#pragma once
/// Which items of an answer are to be processed: new ones, and known ones that were changed. Pure.

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
  std::vector<Id> keys;                   ///< by which it is to be known
  Id entry;                               ///< names it, for the ids of its alerts
  std::optional<store::KnownItem> known;  ///< the item whose revision it may be
  Revisit revisit = Revisit::none;        ///< why, where it is known
};

struct Selection {
  std::vector<Candidate> candidates;      ///< oldest first, so that alerts come in the order of the news
  std::vector<store::ItemVisit> aliases;  ///< known items that came by another address
  std::vector<std::int64_t> listed;       ///< known items whose being listed is worth a note
  std::size_t left = 0;                   ///< items that are to be processed at later polls
};

struct SelectionLimits {
  std::size_t max_items = 0;  ///< new ones
  RevisitLimits revisit;
};

/// `items` in the order of the answer, which is by convention the newest first; where all of them state a date, that
/// counts. `keys`: keys_of(items). `matches`: the known items that have one of the keys.
Selection select_items(std::vector<source::Item> items, std::span<const ItemKeys> keys,
                       std::span<const store::KeyMatch> matches, const SelectionLimits& limits);

}  // namespace pw::pipeline
