#pragma once
/// A match for a terminal and as JSON: where, what, and what would become of it.

#include "cli/highlight.hpp"
#include "pipeline/alert_policy.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace pw::cli {

/// "raises no alert: score 3.0 is below min_score 20", or "" when it would be published at once.
std::string fate_of(const pipeline::Found& found, Time now);

boost::json::object match_json(const pipeline::Found& found, Time now);

/// The list and its score, then a line for each place, the sentence, and its fate, indented as `try` has it.
void print_match(const pipeline::Found& found, Time now, const Palette& palette);

/// On standard error, if there are any.
void report_undecided(const std::vector<std::string>& lists);

}  // namespace pw::cli
