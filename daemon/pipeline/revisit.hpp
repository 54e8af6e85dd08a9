#pragma once
/// Decides whether a known item is worth another visit. Pure.
///
/// A newer date alone does not make a revision: many publishers set `updated` or `lastmod` to the time of the answer.
/// So it only causes a visit to the page. Visits that find nothing new are counted per source; the more of them in a
/// row, the rarer the next.

#include "source/plugin.hpp"
#include "store/storage.hpp"

#include <cstdint>

namespace pw::pipeline {

enum class Revisit : std::uint8_t {
  none,     ///< nothing indicates a change
  dated,    ///< only its date indicates a change
  changed,  ///< its title or text in the source's answer changed
};

struct RevisitLimits {
  unsigned idle_visits = 0;  ///< of the source, in a row (store::SourceState)
  Time now{};
};

Revisit revisit(const source::Item& item, const store::KnownItem& known, const RevisitLimits& limits);

/// The minimum time between two visits of an item whose source had this many idle visits in a row.
Milliseconds rest_between_visits(unsigned idle_visits);

}  // namespace pw::pipeline
