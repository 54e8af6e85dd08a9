#pragma once
/// Dates as feeds, pages and addresses write them. Pure functions, any thread; no input crashes them or makes them
/// throw.

#include "core/article.hpp"
#include "core/time.hpp"

#include <optional>
#include <string_view>

namespace pw::text {

/// The date that `text`, as a whole, states: RFC 822/2822/3339, ISO 8601 (also ordinal and two-digit forms), Unix
/// seconds or milliseconds, asctime, and day-month-year texts in some sixty languages, with zones by number or name.
/// Without a zone: UTC. Ambiguous 1/2/2020 is read day first, unless only month first is possible or the text writes
/// "am"/"pm" or a North American zone. Nothing is returned for an impossible date (February 30) or for text that is
/// not a date. `now` decides the century of a two-digit year. Text of more than 256 bytes is no date.
std::optional<StatedDate> parse_date(std::string_view text, Time now);

/// The first plausible date inside visible text: a full day, not before 1990 and not after `now` + 2 days. A date
/// behind a word such as "updated" is taken only when there is no other. `language` (BCP 47; may be empty) decides
/// between day-first and month-first. Reads at most 64 KiB.
std::optional<StatedDate> find_date_in_text(std::string_view text, std::string_view language, Time now);

/// As find_date_in_text, and whether the date was announced as that of a change.
struct TextDate {
  StatedDate date;
  bool of_change = false;
};
std::optional<TextDate> find_text_date(std::string_view text, std::string_view language, Time now);

/// The day in the path of an address: /2020/01/31/, /2020-01-31-title, /20200131/, /31-01-2020-title.
std::optional<StatedDate> date_from_url(std::string_view url);

/// Feeds err: into the future, or to the zero of a clock. A date later than `seen` + 2 days or before 1990 becomes
/// `seen` and keeps what it said in `raw`.
StatedDate clamp_date(StatedDate date, Time seen);

}  // namespace pw::text
