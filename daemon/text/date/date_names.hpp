#pragma once
/// Names of months, halves of the day and zones, by language. Private to parse/date*.

#include "text/date/date_tokens.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace pw::text::date {

struct Month {
  int number = 0;         ///< 1-12
  std::size_t words = 1;  ///< how many tokens its name takes
};

/// The month named by the tokens from the first on: a full name, an abbreviation, or a name with an ending.
std::optional<Month> find_month(std::span<const Token> tokens);

enum class DayPart { none, am, pm, noon, midnight };
DayPart find_day_part(std::string_view word);

/// Minutes east of UTC of a zone's abbreviation.
std::optional<int> find_zone(std::string_view word);

/// True for words such as "updated" that announce a change rather than a publication.
bool announces_change(std::string_view word);

}  // namespace pw::text::date
