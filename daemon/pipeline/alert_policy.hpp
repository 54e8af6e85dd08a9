#pragma once
/// What becomes of a match: an alert, or why none now. Pure.

#include "pipeline/watchlists.hpp"

#include <string_view>

namespace pw::pipeline {

enum class Verdict : std::uint8_t {
  alert,  ///< published at once
  quiet,  ///< published at once, marked: outside the active hours
  hold,   ///< kept back until the active hours begin
  muted,  ///< counted only
  below,  ///< a threshold of the watchlist; counted only
};

Verdict judge(const match::Match& match, const ListRules& rules, Time now);

/// How a watchlist stands at a moment: "active", "muted" or "quiet" (outside its hours).
std::string_view standing(const ListRules& rules, Time now);

}  // namespace pw::pipeline
