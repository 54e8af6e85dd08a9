#pragma once
/// The day among a date's tokens. Private to parse/date*.

#include "text/date/date_tokens.hpp"

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace pw::text::date {

/// The day that all unused tokens together state. `month_first` decides 1/2/2020.
std::optional<std::chrono::year_month_day> read_day(const std::vector<Token>& tokens, bool month_first,
                                                    std::chrono::year now);

/// The full day stated by the tokens from the first on, which must stand next to each other.
std::optional<std::chrono::year_month_day> day_at(std::span<const Token> tokens, bool month_first,
                                                  std::chrono::year now);

/// The day of three numbers in the order in which they are written, by `separator` and number of digits.
std::optional<std::chrono::year_month_day> numeric_day(const Token& a, const Token& b, const Token& c, char separator,
                                                       bool month_first, std::chrono::year now);

/// Checked against the calendar and the years 1583 to 2199.
std::optional<std::chrono::year_month_day> make_day(std::int64_t year, std::int64_t month, std::int64_t day);

}  // namespace pw::text::date
