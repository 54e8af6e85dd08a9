#pragma once
/// Whether a known item is worth another look. Pure.
///
/// A newer date alone is no revision: many publishers set `updated` or `lastmod` to the time of the answer. It costs a
/// visit to the page, and the visits that find nothing new are counted for the source; the more of them in a row, the
/// rarer the next.

#include "source/plugin.hpp"
#include "store/storage.hpp"

#include <cstdint>

namespace pw::pipeline {

enum class Revisit : std::uint8_t {
  none,     ///< nothing says that it was changed
  dated,    ///< only its date does
  changed,  ///< its title or text in the source's answer is another
};

struct RevisitLimits {
  unsigned idle_visits = 0;  ///< of the source, in a row (store::SourceState)
  Time now{};
};

Revisit revisit(const source::Item& item, const store::KnownItem& known, const RevisitLimits& limits);

/// How long an item rests between two visits of a source whose last visits found nothing new.
Milliseconds rest_between_visits(unsigned idle_visits);

}  // namespace pw::pipeline
