#pragma once
/// Finds the calendar date among a date's tokens. Private to text/date.

#include "text/date/date_tokens.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace pw::text::date {

/// The date given by all unused tokens together. `month_first` decides how 1/2/2020 is read.
std::optional<std::chrono::year_month_day> read_day(const std::vector<Token>& tokens, bool month_first,
                                                    std::chrono::year now);

/// The complete date that starts at the first token; its tokens must be adjacent.
std::optional<std::chrono::year_month_day> day_at(std::span<const Token> tokens, bool month_first,
                                                  std::chrono::year now);

/// The date given by three numbers in written order, interpreted by `separator` and number of digits.
std::optional<std::chrono::year_month_day> numeric_day(const Token& a, const Token& b, const Token& c, char separator,
                                                       bool month_first, std::chrono::year now);

/// Validates against the calendar and the range of years 1583 to 2199.
std::optional<std::chrono::year_month_day> make_day(std::int64_t year, std::int64_t month, std::int64_t day);

}  // namespace pw::text::date
