#pragma once
/// Shows a match on a terminal or as JSON: positions, terms, and whether it raises an alert.

#include "cli/highlight.hpp"
#include "pipeline/alert_policy.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace pw::cli {

/// "raises no alert: score 3.0 is below min_score 20", or "" if it would be published at once.
std::string fate_of(const pipeline::Found& found, Time now);

boost::json::object match_json(const pipeline::Found& found, Time now);

/// Prints the watchlist and score, then one line per position, the sentence, and the fate, indented as in `try`.
void print_match(const pipeline::Found& found, Time now, const Palette& palette);

/// Prints the undecided watchlists, if any, on standard error.
void report_undecided(const std::vector<std::string>& lists);

}  // namespace pw::cli
