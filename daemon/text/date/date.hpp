#pragma once
/// Parses dates as written in feeds, pages and URLs. Pure functions: any thread, no exceptions, safe on any input.

#include "core/article.hpp"
#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace pw::text {

/// Parses a text that consists of a date and nothing else: RFC 822/2822/3339, ISO 8601 (including ordinal dates and
/// two-digit years), Unix seconds or milliseconds, asctime, and day-month-year dates in some sixty languages, with
/// numeric or named time zones. Without a zone, UTC is assumed. An ambiguous 1/2/2020 is read day first, unless only
/// month first is possible or the text contains "am"/"pm" or a North American zone. An offset that
/// means nothing ("+99:00") is read as UTC, with the text in `raw`. nullopt for impossible dates (February 30), for
/// text that is not a date, and for text longer than 256 bytes. `now` determines the century of two-digit years.
std::optional<StatedDate> parse_date(std::string_view text, Time now);

/// Finds the first plausible date in running text: a complete date, not before 1990 and at most two days after `now`. A
/// date introduced by a word such as "updated" is used only if there is no other. `language` (BCP 47; may be empty)
/// decides between day first and month first. Reads at most the first 64 KiB.
std::optional<StatedDate> find_date_in_text(std::string_view text, std::string_view language, Time now);

/// The result of find_text_date: the date, and whether it was introduced as the date of a change.
struct TextDate {
  StatedDate date;
  bool of_change = false;
};
/// Like find_date_in_text.
std::optional<TextDate> find_text_date(std::string_view text, std::string_view language, Time now);

/// The date in the path of a URL: /2020/01/31/, /2020-01-31-title, /20200131/, /31-01-2020-title.
std::optional<StatedDate> date_from_url(std::string_view url);

/// Corrects implausible feed dates, such as future dates and clock epochs: a date before 1990 or more than two days
/// after `seen` is replaced by `seen`, and the stated value is kept in `raw`.
StatedDate clamp_date(StatedDate date, Time seen);

}  // namespace pw::text
