#include "fetch/http/response_headers.hpp"

#include "core/text.hpp"
#include "text/url/url.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <charconv>
#include <string>

namespace pw::fetch {

namespace {

constexpr std::int64_t kMostSeconds = 10LL * 366 * 86'400;
constexpr std::int64_t kLastSecond = 253'402'300'799;  // end of the year 9999; curl also parses later years

std::optional<Milliseconds> seconds_of(std::string_view digits) {
  digits = trim(digits);
  if (digits.size() >= 2 && digits.front() == '"' && digits.back() == '"') digits = digits.substr(1, digits.size() - 2);
  if (digits.empty() || !std::ranges::all_of(digits, is_ascii_digit)) return std::nullopt;
  std::int64_t seconds = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
  if (error != std::errc{}) seconds = kMostSeconds;  // the only remaining error is overflow
  return Milliseconds{std::min(seconds, kMostSeconds) * 1'000};
}

/// The max-age of a Cache-Control value. Sets `forbidden` if the response must not be reused.
std::optional<Milliseconds> max_age_of(std::string_view value, bool& forbidden) {
  std::optional<Milliseconds> found;
  while (!value.empty()) {
    const std::size_t comma = value.find(',');
    const std::string_view directive = trim(value.substr(0, comma));
    value = comma == std::string_view::npos ? std::string_view{} : value.substr(comma + 1);
    const std::size_t equals = directive.find('=');
    const std::string_view name = trim(directive.substr(0, equals));
    if (ascii_iequals(name, "no-store") || (ascii_iequals(name, "no-cache") && equals == std::string_view::npos)) {
      forbidden = true;
    } else if (ascii_iequals(name, "max-age") && equals != std::string_view::npos && !found) {
      found = seconds_of(directive.substr(equals + 1));
    }
  }
  return found;
}

/// True if the parameters (`; rel="a b"; type=…`) include this relation type.
bool has_relation(std::string_view parameters, std::string_view relation) {
  const std::size_t rel = parameters.find("rel=");
  if (rel == std::string_view::npos) return false;
  std::string_view value = parameters.substr(rel + 4);
  const bool quoted = value.starts_with('"');
  if (quoted) value.remove_prefix(1);
  value = value.substr(0, value.find_first_of(quoted ? "\"" : ";, "));
  while (!value.empty()) {
    const std::size_t space = value.find(' ');
    if (ascii_iequals(value.substr(0, space), relation)) return true;
    value = space == std::string_view::npos ? std::string_view{} : value.substr(space + 1);
  }
  return false;
}

}  // namespace

const std::string* FetchResponse::header(std::string_view name) const noexcept {
  for (const auto& [known, value] : headers) {
    if (known == name) return &value;
  }
  return nullptr;
}

std::string FetchResponse::linked(std::string_view relation) const {
  for (const auto& [name, value] : headers) {
    if (name != "link") continue;
    std::string_view rest = value;
    while (true) {
      const std::size_t open = rest.find('<');
      const std::size_t close = rest.find('>', open);
      if (open == std::string_view::npos || close == std::string_view::npos) break;
      const std::string_view target = rest.substr(open + 1, close - open - 1);
      rest.remove_prefix(close + 1);
      const std::string_view parameters = rest.substr(0, rest.find('<'));
      if (has_relation(parameters, relation)) return text::resolve_url(target, final_url);
    }
  }
  return {};
}

void add_header_line(Headers& headers, std::string_view line) {
  if (line.starts_with("HTTP/")) {
    headers.clear();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon == 0) return;
  headers.emplace_back(ascii_lower(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1))));
}

std::optional<Time> parse_http_date(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  text = trim(text);
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  const std::string copy(text);
  const time_t seconds = curl_getdate(copy.c_str(), nullptr);
  if (seconds == -1 || seconds > kLastSecond) return std::nullopt;
  return from_ms(std::int64_t{seconds} * 1'000);
}

Time sent_at(const FetchResponse& response, Time now) {
  const std::string* date = response.header("date");
  return (date != nullptr ? parse_http_date(*date) : std::nullopt).value_or(now);
}

std::optional<Milliseconds> server_ahead(const FetchResponse& response) {
  const std::string* date = response.header("date");
  const auto sent = date != nullptr ? parse_http_date(*date) : std::nullopt;
  if (!sent || response.header("age") != nullptr) return std::nullopt;
  return *sent - response.fetched;
}

std::optional<Milliseconds> parse_retry_after(std::string_view value, Time now) {
  if (const auto seconds = seconds_of(value)) return seconds;
  if (const auto date = parse_http_date(value)) return std::max(*date - now, Milliseconds{0});
  return std::nullopt;
}

std::optional<Milliseconds> freshness(const FetchResponse& response, Time now) {
  bool forbidden = false;
  std::optional<Milliseconds> max_age;
  for (const auto& [name, value] : response.headers) {
    if (name != "cache-control") continue;
    if (const auto found = max_age_of(value, forbidden); found && !max_age) max_age = found;
  }
  if (forbidden) return std::nullopt;
  if (max_age) {
    const std::string* age = response.header("age");
    const auto spent = age != nullptr ? seconds_of(*age) : std::nullopt;
    return std::max(*max_age - spent.value_or(Milliseconds{0}), Milliseconds{0});
  }
  const std::string* expires = response.header("expires");
  const auto until = expires != nullptr ? parse_http_date(*expires) : std::nullopt;
  if (!until) return std::nullopt;
  return std::max(*until - sent_at(response, now), Milliseconds{0});
}

}  // namespace pw::fetch
