#include "core/text.hpp"
#include "text/date/date.hpp"
#include "text/date/date_day.hpp"
#include "text/date/date_names.hpp"

#include <algorithm>
#include <chrono>

namespace pw::text {
namespace {

constexpr std::size_t kMaxText = 64 * 1024;

/// The number of exactly `digits` digits at `pos`, or -1.
int digits_at(std::string_view text, std::size_t pos, std::size_t digits) {
  if (pos + digits > text.size()) return -1;
  int value = 0;
  for (std::size_t i = pos; i < pos + digits; ++i) {
    if (!is_ascii_digit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// A year-first date at `pos` (2020/1/31, 2020-01-31, 20200131), not followed by another digit.
std::optional<std::chrono::year_month_day> url_day(std::string_view url, std::size_t pos) {
  const int year = digits_at(url, pos, 4);
  if (year < 1990 || year > 2199) return std::nullopt;
  std::size_t at = pos + 4;
  const char separator = at < url.size() ? url[at] : '\0';
  const bool separated = separator == '/' || separator == '-' || separator == '_' || separator == '.';
  int parts[2] = {0, 0};
  for (int& part : parts) {
    if (separated) {
      if (at >= url.size() || url[at] != separator) return std::nullopt;
      ++at;
    }
    const std::size_t width = digits_at(url, at, 2) >= 0 ? 2 : 1;
    if (width == 1 && !separated) return std::nullopt;
    part = digits_at(url, at, width);
    at += width;
  }
  if (at < url.size() && is_ascii_digit(url[at])) return std::nullopt;
  return date::make_day(year, parts[0], parts[1]);
}

/// A day-first date at `pos` (31-01-2020, 31.1.2020), not followed by another digit.
std::optional<std::chrono::year_month_day> url_day_first(std::string_view url, std::size_t pos) {
  int parts[2] = {0, 0};
  char separator = '\0';
  for (int& part : parts) {
    const std::size_t width = digits_at(url, pos, 2) >= 0 ? 2 : 1;
    part = digits_at(url, pos, width);
    pos += width;
    if (part < 0 || pos >= url.size() || (url[pos] != '-' && url[pos] != '.')) return std::nullopt;
    if (separator != '\0' && url[pos] != separator) return std::nullopt;
    separator = url[pos++];
  }
  const int year = digits_at(url, pos, 4);
  if (year < 1990 || year > 2199 || (pos + 4 < url.size() && is_ascii_digit(url[pos + 4]))) return std::nullopt;
  return date::make_day(year, parts[1], parts[0]);
}

StatedDate whole_day(std::chrono::year_month_day day) { return StatedDate{std::chrono::sys_days{day}, false, {}}; }

/// True if one of the four tokens before the date announces a change.
bool behind_change(std::span<const date::Token> tokens, std::size_t i) {
  for (std::size_t back = 1; back <= 4 && back <= i; ++back) {
    if (date::announces_change(tokens[i - back].text)) return true;
  }
  return false;
}

bool glued_to_number(std::span<const date::Token> tokens, std::size_t i) {
  if (i < 2 || tokens[i].space_before || tokens[i - 1].space_before) return false;
  return tokens[i - 1].kind == date::Kind::mark && tokens[i - 2].kind == date::Kind::number;
}

}  // namespace

std::optional<StatedDate> find_date_in_text(std::string_view text, std::string_view language, Time now) {
  auto found = find_text_date(text, language, now);
  return found ? std::optional{std::move(found->date)} : std::nullopt;
}

std::optional<TextDate> find_text_date(std::string_view text, std::string_view language, Time now) {
  using namespace std::chrono;
  const auto tokens = date::tokenize(date::fold(utf8_prefix(text, kMaxText)));
  const year this_year = year_month_day{floor<days>(now)}.year();
  const bool month_first = ascii_iequals(language, "en-us");
  std::optional<TextDate> changed;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].kind == date::Kind::mark || glued_to_number(tokens, i)) continue;
    const auto day = date::day_at(std::span{tokens}.subspan(i), month_first, this_year);
    if (!day || day->year() < year{1990} || sys_days{*day} > now + days{2}) continue;
    if (!behind_change(tokens, i)) return TextDate{whole_day(*day), false};
    if (!changed) changed = TextDate{whole_day(*day), true};
  }
  return changed;
}

std::optional<StatedDate> date_from_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  const std::size_t path = url.find('/', scheme == std::string_view::npos ? 0 : scheme + 3);
  if (path == std::string_view::npos) return std::nullopt;
  const std::string_view rest = url.substr(path, std::min(url.find_first_of("?#", path), url.size()) - path);
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (!is_ascii_digit(rest[i]) || is_ascii_digit(rest[i - 1])) continue;
    if (const auto day = url_day(rest, i)) return whole_day(*day);
    if (const auto day = url_day_first(rest, i)) return whole_day(*day);
  }
  return std::nullopt;
}

}  // namespace pw::text
