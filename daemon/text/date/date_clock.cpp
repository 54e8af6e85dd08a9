#include "text/date/date_clock.hpp"

#include "text/date/date_names.hpp"

#include <unicode/timezone.h>

#include <algorithm>
#include <array>
#include <memory>

namespace pw::text::date {
namespace {

class ClockReader {
 public:
  explicit ClockReader(std::vector<Token>& tokens) : tokens_(tokens) {}

  ClockTime read() {
    if (!colon_time() && !letter_time()) dotted_or_bare_time();
    day_part();
    zone();
    const bool impossible = out_.hour > 24 || out_.minute > 59 || out_.second > 60;
    out_.broken = out_.broken || impossible;
    return out_;
  }

 private:
  bool number(std::size_t i, std::size_t max_digits) const {
    return i < tokens_.size() && !tokens_[i].used && tokens_[i].digits() >= 1 && tokens_[i].digits() <= max_digits;
  }
  bool is(std::size_t i, std::string_view text) const { return i < tokens_.size() && tokens_[i].is(text); }
  bool glued(std::size_t i) const { return i < tokens_.size() && !tokens_[i].space_before; }
  void use(std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) tokens_[i].used = true;
    end_ = to;
    out_.found = true;
  }
  int value(std::size_t i) const { return static_cast<int>(tokens_[i].value); }

  bool colon_time() {
    for (std::size_t i = 0; i + 2 < tokens_.size(); ++i) {
      if (!number(i, 2) || !is(i + 1, ":") || !number(i + 2, 2)) continue;
      out_.hour = value(i);
      out_.minute = value(i + 2);
      std::size_t end = i + 3;
      if (is(end, ":") && number(end + 1, 2)) {
        out_.second = value(end + 1);
        end += 2;
        if ((is(end, ".") || is(end, ",")) && glued(end + 1) && number(end + 1, 18)) end = fraction(end);
      }
      use(i, end);
      return true;
    }
    return false;
  }

  std::size_t fraction(std::size_t mark) {
    const std::string digits = (tokens_[mark + 1].text + "00").substr(0, 3);
    out_.ms = std::stoi(digits);
    return mark + 2;
  }

  static bool hour_word(std::string_view word) {
    static const std::string korean = fold("시");
    return word == "h" || word == "時" || word == "时" || word == "点" || word == "點" || word == korean;
  }

  bool letter_time() {
    for (std::size_t i = 0; i + 1 < tokens_.size(); ++i) {
      if (is(i, "t") && glued(i) && glued(i + 1) && compact_time(i)) return true;
      if (!number(i, 2) || !hour_word(tokens_[i + 1].text)) continue;
      out_.hour = value(i);
      std::size_t end = i + 2;
      if (number(end, 2)) {
        out_.minute = value(end);
        ++end;
        if (end < tokens_.size() && tokens_[end].kind == Kind::word) ++end;
      }
      use(i, end);
      return true;
    }
    return false;
  }

  bool compact_time(std::size_t t) {
    if (!number(t + 1, 6) || tokens_[t + 1].digits() % 2 != 0) return false;
    const int all = value(t + 1);
    const std::size_t digits = tokens_[t + 1].digits();
    const int scaled = digits == 6 ? all : digits == 4 ? all * 100 : all * 10000;
    out_.hour = scaled / 10000;
    out_.minute = scaled / 100 % 100;
    out_.second = scaled % 100;
    std::size_t end = t + 2;
    if (is(end, ".") && glued(end + 1) && number(end + 1, 18)) end = fraction(end);
    use(t, end);
    return true;
  }

  /// True if a four-digit year precedes `i`.
  bool behind_year(std::size_t i) const {
    for (std::size_t k = 0; k < i; ++k) {
      if (tokens_[k].kind == Kind::number && tokens_[k].digits() == 4) return true;
    }
    return false;
  }

  /// True if nothing but a zone follows a time that ends before `i`.
  bool ends_clock(std::size_t i) const {
    if (i >= tokens_.size()) return true;
    if (is(i, "+") || is(i, "-")) return tokens_[i].space_before && glued(i + 1) && number(i + 1, 4);
    return i + 1 == tokens_.size() && tokens_[i].kind == Kind::word && find_zone(tokens_[i].text);
  }

  /// "12.16 pm", "1 am", and, after a complete date, "14.12" or "14.12.30".
  void dotted_or_bare_time() {
    const std::size_t n = tokens_.size();
    for (std::size_t i = 0; i + 1 < n; ++i) {
      const bool dotted =
          number(i, 2) && is(i + 1, ".") && i + 2 < n && number(i + 2, 2) && glued(i + 1) && glued(i + 2);
      if (!number(i, 2)) continue;
      std::size_t end = dotted ? i + 3 : i + 1;
      const bool seconds = dotted && is(end, ".") && glued(end) && glued(end + 1) && number(end + 1, 2);
      if (seconds) end += 2;
      const bool half = end < n && half_of_day(find_day_part(tokens_[end].text));
      const bool behind_day = i >= 5 && !is(i - 1, ".");
      const bool last = dotted && ends_clock(end) && tokens_[i].space_before && (behind_day || behind_year(i));
      if (!half && !last) continue;
      out_.hour = value(i);
      if (dotted) out_.minute = value(i + 2);
      if (seconds) out_.second = value(i + 4);
      use(i, end);
      return;
    }
  }

  static bool half_of_day(DayPart part) { return part == DayPart::am || part == DayPart::pm; }

  void day_part() {
    for (Token& token : tokens_) {
      if (token.kind != Kind::word || token.used) continue;
      const DayPart part = find_day_part(token.text);
      if (part == DayPart::none) continue;
      const bool half = half_of_day(part);
      if (half != out_.found) continue;
      token.used = true;
      if (half) {
        out_.american = out_.american || token.is("am") || token.is("pm");
        if (part == DayPart::pm && out_.hour < 12)
          out_.hour += 12;
        else if (part == DayPart::am && out_.hour == 12)
          out_.hour = 0;
      } else {
        out_.hour = part == DayPart::noon ? 12 : 0;
        out_.found = true;
      }
      return;
    }
  }

  /// An offset counts more than a name beside it: "+0530Z", "-0500 EST".
  void zone() {
    const bool stated = out_.found && signed_offset(end_);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      if (tokens_[i].kind != Kind::word || tokens_[i].used) continue;
      if (is(i + 1, "/") && i + 2 < tokens_.size() && tokens_[i + 2].kind == Kind::word) return region(i);
      const auto named = find_zone(tokens_[i].text);
      // Short zone names are also words in other languages. Accept them only after the time or at the end.
      if (!named || (i < end_ && out_.found) || (tokens_[i].text.size() < 3 && end_ == 0)) continue;
      tokens_[i].used = true;
      out_.american = out_.american || (*named <= -180 && *named >= -600);
      if (stated) return;
      out_.zone_minutes = *named;
      (void)signed_offset(i + 1);
      return;
    }
    for (std::size_t i = end_; out_.found && !out_.zone_minutes && i < tokens_.size(); ++i) {
      if (tokens_[i].space_before && number(i + 1, 4) && tokens_[i + 1].digits() == 4 && signed_offset(i)) return;
    }
  }

  void region(std::size_t i) {
    std::size_t end = i + 1;
    out_.region = tokens_[i].text;
    while (end + 1 < tokens_.size() && !tokens_[end].space_before && !tokens_[end + 1].space_before) {
      out_.region += tokens_[end].text + tokens_[end + 1].text;
      end += 2;
    }
    for (std::size_t k = i; k < end; ++k) tokens_[k].used = true;
  }

  /// "+0200", "+02:00", "+02", and as many write them "+2", "+2:00" and "+530".
  bool signed_offset(std::size_t i) {
    if (!(is(i, "+") || is(i, "-")) || !glued(i + 1) || !number(i + 1, 4)) return false;
    const std::size_t digits = tokens_[i + 1].digits();
    constexpr int kUnreadable = 99;
    const int hours = digits > 2 ? value(i + 1) / 100 : value(i + 1);
    int minutes = digits > 2 ? value(i + 1) % 100 : 0;
    std::size_t end = i + 2;
    if (digits <= 2 && is(end, ":")) {
      minutes = number(end + 1, 2) ? value(end + 1) : kUnreadable;
      end = std::min(end + 2, tokens_.size());
    } else if (digits < 4 && !may_be_short(i)) {
      return false;
    }
    for (std::size_t k = i; k < end; ++k) tokens_[k].used = true;
    out_.zone_unread = hours > 15 || minutes > 59;
    out_.zone_minutes = out_.zone_unread ? 0 : (is(i, "-") ? -1 : 1) * (hours * 60 + minutes);
    return true;
  }

  /// "10:00 -5 March 2020" and "10:00-5.3.2020" go on with the day. A short offset comes last, or next to a zone's
  /// name.
  bool may_be_short(std::size_t sign) const {
    const std::size_t next = sign + 2;
    return next >= tokens_.size() || (sign > 0 && find_zone(tokens_[sign - 1].text)) || find_zone(tokens_[next].text);
  }

  std::vector<Token>& tokens_;
  ClockTime out_;
  std::size_t end_ = 0;
};

}  // namespace

ClockTime read_clock(std::vector<Token>& tokens) { return ClockReader{tokens}.read(); }

std::optional<int> region_offset(const std::string& region, std::chrono::sys_seconds local) {
  // ICU matches zone names case-sensitively: each part begins with a capital letter.
  std::string name = region;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool starts = i == 0 || name[i - 1] == '/' || name[i - 1] == '_' || name[i - 1] == '-';
    if (starts && name[i] >= 'a' && name[i] <= 'z') name[i] = static_cast<char>(name[i] - 32);
  }
  if (name == "Etc/Gmt" || name == "Etc/Utc") return 0;
  const std::unique_ptr<icu::TimeZone> zone{icu::TimeZone::createTimeZone(icu::UnicodeString::fromUTF8(name))};
  if (!zone || *zone == icu::TimeZone::getUnknown()) return std::nullopt;
  int32_t raw = 0;
  int32_t dst = 0;
  UErrorCode status = U_ZERO_ERROR;
  zone->getOffset(static_cast<UDate>(local.time_since_epoch().count()) * 1000.0, true, raw, dst, status);
  if (U_FAILURE(status)) return std::nullopt;
  return (raw + dst) / 60000;
}

}  // namespace pw::text::date
