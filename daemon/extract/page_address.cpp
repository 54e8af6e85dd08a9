#include "extract/page_address.hpp"

#include "core/text.hpp"
#include "text/url/url.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pw::extract {
namespace {

constexpr auto kConsent = std::to_array<std::string_view>(
    {"consent",      "cookieconsent", "cookie-consent", "collectconsent", "cookiewall", "cookie-wall",
     "cookies-wall", "privacygate",   "privacy-gate",   "privacywall",    "cmp",        "gdpr",
     "gdpr-consent", "guce",          "myprivacy",      "consentmanager", "zustimmung", "einwilligung",
     "cookie",       "cookies"});
constexpr auto kRobotCheck = std::to_array<std::string_view>(
    {"captcha", "showcaptcha", "challenge", "robot-check", "botcheck", "bot-check", "are-you-a-robot", "robotcheck",
     "human-verification", "validate", "distil_r_captcha.html", "tosv.html", "sorry", "security-check", "blocked"});
constexpr auto kNotFound =
    std::to_array<std::string_view>({"404", "404.html", "404.htm", "404.php", "404.aspx", "not-found", "notfound",
                                     "not_found", "page-not-found", "pagenotfound", "error404", "error-404",
                                     "error_404", "notfound.html", "seite-nicht-gefunden", "page-introuvable"});
constexpr auto kLogin = std::to_array<std::string_view>(
    {"login",      "log-in",    "log_in",       "signin",       "sign-in",   "sign_in",   "logon",
     "login.html", "login.php", "login.aspx",   "wp-login.php", "auth",      "sso",       "oauth",
     "oauth2",     "authorize", "authenticate", "connexion",    "anmelden",  "anmeldung", "accedi",
     "inloggen",   "logowanie", "giris",        "accounts",     "einloggen", "logga-in",  "logg-inn"});
constexpr auto kIndexNames = std::to_array<std::string_view>(
    {"index.html", "index.htm", "index.php", "index.aspx", "default.aspx", "home", "home.html", "homepage", "index"});

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

/// True if a label of the host or a segment of the path is one of the names.
template <std::size_t N>
bool names_one(const text::Url& url, const std::array<std::string_view, N>& names) {
  const auto any = [&](std::string_view rest, char separator) {
    while (!rest.empty()) {
      const std::size_t end = rest.find(separator);
      if (contains(names, ascii_lower(rest.substr(0, end)))) return true;
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
    return false;
  };
  const std::string_view host = url.host();
  const std::size_t site = host.rfind('.', std::min(host.rfind('.'), host.size()) - 1);  // excludes the site's own name
  const std::string_view labels = site == std::string_view::npos ? std::string_view() : host.substr(0, site);
  return any(labels, '.') || any(url.path(), '/');
}

/// True for a front page: the path has at most a language and an index file.
bool is_front(const text::Url& url) {
  std::string_view path = url.path();
  std::size_t segments = 0;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    if (segment.empty() || contains(kIndexNames, ascii_lower(segment))) continue;
    const bool language = segments == 0 && (segment.size() == 2 || (segment.size() == 5 && segment[2] == '-'));
    if (!language) return false;
    ++segments;
  }
  return true;
}

/// The last two labels of a host.
std::string_view site_of(std::string_view host) {
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return host;
  const std::size_t before = host.rfind('.', last - 1);
  return before == std::string_view::npos ? host : host.substr(before + 1);
}

}  // namespace

AddressChange compare_addresses(std::string_view asked_url, std::string_view final_url) {
  AddressChange out;
  if (asked_url == final_url || text::article_key(asked_url) == text::article_key(final_url)) return out;
  const auto asked = text::parse_url(asked_url);
  const auto found = text::parse_url(final_url);
  if (!asked || !found) return out;
  out.to_consent = names_one(*found, kConsent) && !names_one(*asked, kConsent);
  out.to_robot_check = names_one(*found, kRobotCheck) && !names_one(*asked, kRobotCheck);
  out.to_not_found = names_one(*found, kNotFound) && !names_one(*asked, kNotFound);
  out.to_login = names_one(*found, kLogin) && !names_one(*asked, kLogin);
  const bool same_site = site_of(asked->host()) == site_of(found->host());
  const bool asked_more = !is_front(*asked) || asked->has_query() || asked->has_fragment();
  out.to_front_page = same_site && is_front(*found) && !found->has_query() && !found->has_fragment() && asked_more;
  return out;
}

}  // namespace pw::extract
