#include "text/url/url_session.hpp"

#include "core/codec/hex.hpp"
#include "core/text.hpp"
#include "text/url/url_bytes.hpp"

#include <algorithm>
#include <array>

namespace pw::text {
namespace {

constexpr std::size_t kShortestSession = 16;
constexpr std::size_t kShortestNumber = 20;  // article ids fit in 64 bits
constexpr std::size_t kAspNetSession = 24;
constexpr std::size_t kForumSession = 32;

// In the form returned by plain_name.
constexpr auto kSessionNames = std::to_array<std::string_view>(
    {"jsessionid", "phpsessid", "phpsession", "phpsessionid", "aspnetsessionid", "oscsid", "zenid", "xtcsid", "modsid",
     "cfid", "cftoken", "wosid", "mscssid", "bvsessionid", "bvengineid", "sapcontextid", "cgisessid"});

// Names that may also identify an article.
constexpr auto kAmbiguousNames = std::to_array<std::string_view>(
    {"sid", "ssid", "usid", "psid", "gsid", "xsid", "sesid", "sess", "sessid", "sesskey", "session", "sessionid",
     "sessionkey", "sessiontoken", "usersession", "usersessionid"});

constexpr auto kCacheBusters =
    std::to_array<std::string_view>({"_", "nocache", "cachebuster", "cachebust", "rnd", "rand", "random"});

bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_ascii_digit); }
bool all_hex(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return hex_value(c) >= 0; });
}

/// Lower case, without separators: "ASP.NET_SessionId" becomes "aspnetsessionid".
std::string plain_name(std::string_view name) {
  std::string out = ascii_lower(name);
  if (out == "_") return out;
  std::erase_if(out, [](char c) { return c == '_' || c == '-' || c == '.'; });
  return out;
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// True for a long value that looks random: hexadecimal, or alternating letters and digits.
bool looks_like_session(std::string_view value) {
  std::string plain(value.substr(0, value.find_first_of(".!")));  // drops the server's name: ".node1", "!-1830"
  std::erase(plain, '-');
  if (plain.size() < kShortestSession) return false;
  if (all_digits(plain)) return plain.size() >= kShortestNumber;
  if (all_hex(plain)) return std::ranges::any_of(plain, is_ascii_digit);
  if (!std::ranges::all_of(plain,
                           [](char c) { return is_ascii_digit(c) || is_ascii_letter(c) || c == '_' || c == ','; })) {
    return false;
  }
  constexpr int kFewestTurns = 3;
  int turns = 0;
  for (std::size_t i = 1; i < plain.size(); ++i) {
    if (is_ascii_digit(plain[i]) != is_ascii_digit(plain[i - 1])) ++turns;
  }
  return turns >= kFewestTurns;
}

/// "1794437550000", "0.8412".
bool is_number(std::string_view value) {
  const std::size_t dot = value.find('.');
  if (dot == std::string_view::npos) return all_digits(value);
  return all_digits(value.substr(0, dot)) && all_digits(value.substr(dot + 1));
}

/// "(S(…))", "(X(1)F(…)S(…))", and the older form "(…)" of 24 characters.
bool is_asp_net_session(std::string_view segment) {
  if (!segment.starts_with('(') && !segment.starts_with("%28")) return false;
  const std::string decoded = percent_decode(segment);
  std::string_view rest = decoded;
  if (!rest.starts_with('(') || !rest.ends_with(')')) return false;
  rest = rest.substr(1, rest.size() - 2);
  if (rest.size() == kAspNetSession && looks_like_session(rest)) return true;
  bool any = false;
  while (rest.size() > 3 && std::string_view("AFSX").find(rest[0]) != std::string_view::npos && rest[1] == '(') {
    const std::size_t close = rest.find(')');
    if (close == std::string_view::npos) return false;
    rest.remove_prefix(close + 1);
    any = true;
  }
  return any && rest.empty();
}

/// The position of the next ";", plain or as %3B.
std::size_t next_semicolon(std::string_view text, std::size_t from) {
  for (; from < text.size(); ++from) {
    if (text[from] == ';' || (text[from] == '%' && ascii_iequals(text.substr(from, 3), "%3B"))) return from;
  }
  return std::string_view::npos;
}

void append_without_sessions(std::string& out, std::string_view segment) {
  std::size_t begin = next_semicolon(segment, 0);
  out += segment.substr(0, begin);
  while (begin != std::string_view::npos) {
    const std::size_t end = next_semicolon(segment, begin + 1);
    const std::string_view parameter = segment.substr(begin, end == std::string_view::npos ? end : end - begin);
    const std::string_view bare = parameter.substr(parameter[0] == ';' ? 1 : 3);
    const bool nameless = bare.find('=') == std::string_view::npos && looks_like_session(bare);
    if (!nameless && !is_session_parameter(bare)) out += parameter;
    begin = end;
  }
}

}  // namespace

bool is_session_parameter(std::string_view parameter) {
  const std::size_t equals = std::min(parameter.find('='), parameter.size());
  const std::string_view value = parameter.substr(std::min(equals + 1, parameter.size()));
  const std::string name = plain_name(parameter.substr(0, equals));
  if (contains(kSessionNames, name) || name.starts_with("aspsessionid")) return true;
  if (contains(kCacheBusters, name)) return is_number(value);
  if (name == "s") return value.size() == kForumSession && all_hex(value);
  return contains(kAmbiguousNames, name) && looks_like_session(value);
}

std::string without_session_path(std::string_view path) {
  std::string out;
  out.reserve(path.size());
  while (!path.empty()) {
    const std::size_t end = path.find('/', 1);
    const std::string_view segment = path.substr(0, end);  // including the preceding slash
    path.remove_prefix(segment.size());
    if (!is_asp_net_session(segment.substr(segment.starts_with('/') ? 1 : 0))) append_without_sessions(out, segment);
  }
  return out;
}

}  // namespace pw::text
