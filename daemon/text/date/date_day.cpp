#include "text/date/date_day.hpp"

#include "text/date/date_names.hpp"

#include <algorithm>

namespace pw::text::date {
namespace {

using std::chrono::year_month_day;
using Day = std::optional<year_month_day>;

constexpr std::int64_t kFirstYear = 1583;      // first full year of the Gregorian calendar
constexpr std::int64_t kFirstBareYear = 1800;  // a lone number from here on is a year

std::int64_t full_year(const Token& token, std::chrono::year now) {
  if (token.digits() > 2) return token.value;
  const int this_year = static_cast<int>(now);
  const std::int64_t year = this_year / 100 * 100 + token.value;
  return year > this_year + 20 ? year - 100 : year;
}

char separator_of(const Token& token) {
  return token.text.size() == 1 && std::string_view{"-/."}.find(token.text[0]) != std::string_view::npos ? token.text[0]
                                                                                                         : '\0';
}

enum class Unit { none, year, month, day };

Unit unit_of(std::string_view word) {
  static const std::string korean[] = {fold("년"), fold("월"), fold("일")};
  if (word == "年" || word == korean[0] || word == "оны") return Unit::year;
  if (word == "月" || word == korean[1] || word == "сарын") return Unit::month;
  if (word == "日" || word == "号" || word == "號" || word == korean[2]) return Unit::day;
  return Unit::none;
}

/// The unit after the number at `i`; Mongolian writes "3-р сарын".
Unit unit_behind(std::span<const Token> tokens, std::size_t i) {
  const bool ordinal = i + 3 < tokens.size() && tokens[i + 1].is("-") && tokens[i + 2].is("р");
  return unit_of(tokens[ordinal ? i + 3 : i + 1].text);
}

/// 2016年3月20日; a missing day means the first. Mongolian omits the unit of the day.
Day east_asian(std::span<const Token> tokens) {
  std::int64_t year = 0;
  std::int64_t month = 0;
  std::int64_t day = 0;
  std::size_t behind_month = tokens.size();
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    if (tokens[i].kind != Kind::number || tokens[i].used) continue;
    const Unit unit = unit_behind(tokens, i);
    if (unit == Unit::year && year == 0) year = tokens[i].value;
    if (unit == Unit::month && year != 0 && month == 0) month = tokens[i].value;
    if (unit == Unit::day && month != 0 && day == 0) day = tokens[i].value;
    if (unit == Unit::month) behind_month = i + 1;
  }
  if (year == 0 || month == 0) return std::nullopt;
  for (std::size_t i = behind_month; i < tokens.size() && day == 0; ++i) {
    if (tokens[i].kind == Kind::number && !tokens[i].used && tokens[i].digits() <= 2) day = tokens[i].value;
  }
  return make_day(year, month, day == 0 ? 1 : day);
}

Day ordinal_day(std::int64_t year, std::int64_t day) {
  if (day < 1 || day > 366 || !make_day(year, 1, 1)) return std::nullopt;
  const std::chrono::year y{static_cast<int>(year)};
  const year_month_day result{std::chrono::sys_days{y / 1 / 1} + std::chrono::days{day - 1}};
  return result.year() == y ? Day{result} : std::nullopt;
}

/// A date without separators (ISO 8601 basic formats).
Day compact_day(const Token& token, bool leading_dash, std::chrono::year now) {
  const std::int64_t v = token.value;
  const auto century = [&](std::int64_t two) { return full_year(Token{Kind::number, "00", two, false, false}, now); };
  switch (token.digits()) {
    case 14: return make_day(v / 10'000'000'000, v / 100'000'000 % 100, v / 1'000'000 % 100);
    case 12: return make_day(v / 100'000'000, v / 1'000'000 % 100, v / 10'000 % 100);
    case 8: return make_day(v / 10'000, v / 100 % 100, v % 100);
    case 7: return ordinal_day(v / 1000, v % 1000);
    case 6: return make_day(century(v / 10'000), v / 100 % 100, v % 100);
    case 5: return ordinal_day(century(v / 1000), v % 1000);
    case 4:
      if (leading_dash) return make_day(century(v / 100), v % 100, 1);
      return v < kFirstBareYear ? std::nullopt : make_day(v, 1, 1);
    default: return std::nullopt;
  }
}

/// Two numbers: 2008-12, 2003-335, -03-12.
Day two_numbers(const Token& a, const Token& b, bool dashed, std::chrono::year now) {
  if (!dashed) return std::nullopt;
  if (b.digits() == 3 && (a.digits() == 4 || a.digits() == 2)) return ordinal_day(full_year(a, now), b.value);
  if (b.digits() > 2 || (a.digits() != 4 && a.digits() != 2)) return std::nullopt;
  return make_day(full_year(a, now), b.value, 1);
}

/// A date with a named month: the first small number is the day; the four-digit number, or else the second one, is the
/// year.
Day named_month(const std::vector<const Token*>& numbers, int month, bool thai, std::chrono::year now) {
  const Token* day = nullptr;
  const Token* year = nullptr;
  for (const Token* token : numbers) {
    if (token->digits() == 4 && year == nullptr) {
      year = token;
    } else if (token->digits() <= 2 && day == nullptr) {
      day = token;
    } else if (token->digits() == 2 && year == nullptr) {
      year = token;
    }
  }
  if (year == nullptr) return std::nullopt;
  if (day != nullptr && day->value > 31 && year->value <= 31 && year->digits() == 2) std::swap(day, year);
  std::int64_t y = full_year(*year, now);
  if (thai && y > 2400) y -= 543;
  return make_day(y, month, day == nullptr ? 1 : day->value);
}

}  // namespace

Day make_day(std::int64_t year, std::int64_t month, std::int64_t day) {
  if (year < kFirstYear || year > 2199 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  const year_month_day result{std::chrono::year{static_cast<int>(year)},
                              std::chrono::month{static_cast<unsigned>(month)},
                              std::chrono::day{static_cast<unsigned>(day)}};
  return result.ok() ? Day{result} : std::nullopt;
}

Day numeric_day(const Token& a, const Token& b, const Token& c, char separator, bool month_first,
                std::chrono::year now) {
  if (a.digits() == 4) return c.digits() <= 2 ? make_day(a.value, b.value, c.value) : std::nullopt;
  if (a.digits() > 2 || b.digits() > 2 || (c.digits() != 4 && c.digits() != 2)) return std::nullopt;
  if (separator == '-' && c.digits() == 2) {
    if (const Day day = make_day(full_year(a, now), b.value, c.value)) return day;
  }
  const std::int64_t year = full_year(c, now);
  const Day day_first = make_day(year, b.value, a.value);
  const Day american = make_day(year, a.value, b.value);
  if (month_first && separator != '.') return american ? american : day_first;
  return day_first ? day_first : american;
}

Day read_day(const std::vector<Token>& tokens, bool month_first, std::chrono::year now) {
  if (const Day day = east_asian(tokens)) return day;
  std::vector<const Token*> numbers;
  std::vector<std::size_t> places;
  std::optional<Month> month;
  bool thai = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].used) continue;
    if (tokens[i].kind == Kind::number) {
      numbers.push_back(&tokens[i]);
      places.push_back(i);
    } else if (tokens[i].kind == Kind::word) {
      thai = thai || tokens[i].text.starts_with("\xE0\xB8") || tokens[i].text.starts_with("\xE0\xB9");
      // An ambiguous name with nothing around it ("mar" as Tuesday) yields to one with numbers on both sides.
      if (const auto found = find_month(std::span{tokens}.subspan(i)); found && (!month || numbers.size() == 1)) {
        if (!month) {
          month = found;
          i += found->words - 1;
        } else if (places.front() > 0 && i > places.front()) {
          month = found;
          i += found->words - 1;
        }
      }
    }
  }
  if (month && !numbers.empty()) return named_month(numbers, month->number, thai, now);
  if (numbers.size() == 3 && places[2] == places[0] + 4) {
    const char first = separator_of(tokens[places[0] + 1]);
    const char second = separator_of(tokens[places[1] + 1]);
    const bool year_first = numbers[0]->digits() == 4;  // 2020-01/10 can be read in one way only
    if (first != '\0' && second != '\0' && (first == second || year_first)) {
      return numeric_day(*numbers[0], *numbers[1], *numbers[2], first, month_first, now);
    }
  }
  // "Sat, 11 04 2020 08:51:49 +0100": RFC 822 with the month as a number.
  if (numbers.size() == 3 && places[2] == places[0] + 2 && numbers[2]->digits() == 4) {
    return numeric_day(*numbers[0], *numbers[1], *numbers[2], ' ', false, now);
  }
  if (numbers.size() == 2 && places[1] == places[0] + 2) {
    return two_numbers(*numbers[0], *numbers[1], tokens[places[0] + 1].is("-"), now);
  }
  if (numbers.size() == 1) {
    const std::size_t at = places[0];
    const bool alone = at + 1 >= tokens.size() || tokens[at + 1].used;
    const bool dash = at == 1 && tokens[0].is("-");
    if (alone && (at == 0 || dash)) return compact_day(*numbers[0], dash, now);
  }
  return std::nullopt;
}

namespace {

bool is_filler(const Token& token) {
  static constexpr std::string_view kFillers[] = {",",  ".",  "-",  "/", "of", "de", "del", "do", "di", "d", "th", "st",
                                                  "nd", "rd", "er", "º", "ª",  "an", "al",  "'",  "ta", "e", "(",  ")"};
  return std::ranges::find(kFillers, token.text) != std::end(kFillers);
}

std::size_t skip_fillers(std::span<const Token> tokens, std::size_t i) {
  for (std::size_t skipped = 0; skipped < 2 && i < tokens.size() && is_filler(tokens[i]); ++skipped) ++i;
  return i;
}

Day named_day_at(std::span<const Token> tokens, std::chrono::year now) {
  std::vector<const Token*> numbers;
  std::optional<Month> month;
  for (std::size_t i = 0; i < tokens.size();) {
    if (tokens[i].kind == Kind::number && tokens[i].digits() <= 4) {
      numbers.push_back(&tokens[i++]);
    } else if (const auto found = find_month(tokens.subspan(i)); found && (!month || found->number == month->number)) {
      month = found;  // Arabic newspapers give both month names: "24 نيسان/أبريل 2020"
      i += found->words;
    } else {
      return std::nullopt;
    }
    if (month && numbers.size() == 2) {
      const bool has_year = numbers[0]->digits() == 4 || numbers[1]->digits() == 4;
      return has_year ? named_month(numbers, month->number, false, now) : std::nullopt;
    }
    if (!month && numbers.size() == 2 && numbers[0]->digits() != 4) return std::nullopt;
    i = skip_fillers(tokens, i);
  }
  return std::nullopt;
}

}  // namespace

Day day_at(std::span<const Token> tokens, bool month_first, std::chrono::year now) {
  if (tokens.size() >= 5 && tokens[0].kind == Kind::number) {
    const char separator = separator_of(tokens[1]);
    if (separator != '\0' && separator == separator_of(tokens[3]) && tokens[2].kind == Kind::number &&
        tokens[4].kind == Kind::number) {
      const bool more = tokens.size() >= 7 && separator_of(tokens[5]) == separator && !tokens[6].space_before &&
                        tokens[6].kind == Kind::number;
      if (!more) return numeric_day(tokens[0], tokens[2], tokens[4], separator, month_first, now);
    }
    if (tokens.size() >= 6 && unit_of(tokens[1].text) == Unit::year && unit_of(tokens[3].text) == Unit::month &&
        unit_of(tokens[5].text) == Unit::day) {
      return east_asian(tokens.first(6));
    }
  }
  return named_day_at(tokens.first(std::min<std::size_t>(tokens.size(), 14)), now);
}

}  // namespace pw::text::date
