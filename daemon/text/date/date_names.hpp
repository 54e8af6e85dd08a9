#pragma once
/// Names of months, parts of the day and time zones in many languages. Private to text/date.

#include "text/date/date_tokens.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace pw::text::date {

/// A month found in a text.
struct Month {
  int number = 0;         ///< 1-12
  std::size_t words = 1;  ///< number of tokens in its name
};

/// The month named by the leading tokens: a full name, an abbreviation or an inflected form.
std::optional<Month> find_month(std::span<const Token> tokens);

/// Words such as am, pm, noon and midnight.
enum class DayPart { none, am, pm, noon, midnight };
DayPart find_day_part(std::string_view word);

/// The offset of a zone abbreviation, in minutes east of UTC; nullopt if unknown.
std::optional<int> find_zone(std::string_view word);

/// True for words such as "updated", which introduce the date of a change rather than of publication.
bool announces_change(std::string_view word);

}  // namespace pw::text::date
