#include "extract/page_marks.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace pw::extract {
namespace {

// Found in ids, classes, and URLs of scripts, frames and forms.
constexpr auto kChallenge = std::to_array<std::string_view>({"cf-browser-verification",
                                                             "challenge-error-title",
                                                             "challenge-error-text",
                                                             "challenge-running",
                                                             "challenge-form",
                                                             "challenge-body-text",
                                                             "cf-error-details",
                                                             "cf-challenge",
                                                             "geo.captcha-delivery.com",
                                                             "ct.captcha-delivery.com",
                                                             "px-captcha",
                                                             "captcha.px-cdn.net",
                                                             "captcha.perimeterx",
                                                             "distilcaptchaform",
                                                             "distil_r_captcha",
                                                             "captcha-delivery",
                                                             "smartcaptcha",
                                                             "showcaptcha",
                                                             "checkcaptcha",
                                                             "checkboxcaptcha",
                                                             "anubis_challenge",
                                                             "validate.perfdrive",
                                                             "captcha.perfdrive",
                                                             "sucuri_cloudproxy",
                                                             "ddos-guard/js-challenge",
                                                             "ddg-captcha",
                                                             "awswafcaptcha",
                                                             "captcha.awswaf",
                                                             "aws-waf-captcha",
                                                             "/_sec/cp_challenge",
                                                             "sec-cpt-if",
                                                             "sec-container",
                                                             "vercel/security",
                                                             "bm-verify",

                                                             "kramericaindustries",
                                                             "lds-captcha",
                                                             "botstopper",
                                                             "go-away-challenge"});
// Found in inline scripts, or anywhere in a page with next to no text.
constexpr auto kChallengeCode = std::to_array<std::string_view>(
    {"_cf_chl_opt", "window._cf_chl", "var dd={'rt'", "_pxJsClientSrc", "Incapsula incident ID",
     "_Incapsula_Resource?CWUDNSAI", "_Incapsula_Resource?SWUDNSAI", "sucuri_cloudproxy",
     "AwsWafIntegration.checkForceRefresh", "gokuProps", "__ddg", "qrator_jsr", "triggerInterstitialChallenge", "kpsdk",
     "slowAES", "toNumbers(", "awsWafCookieDomainList"});
constexpr auto kCaptcha = std::to_array<std::string_view>(
    {"g-recaptcha", "recaptcha/api", "recaptcha/enterprise", "h-captcha", "hcaptcha.com", "cf-turnstile",
     "challenges.cloudflare.com/turnstile", "frc-captcha", "funcaptcha", "arkoselabs", "geetest", "captcha", "altcha",
     "mtcaptcha"});
constexpr auto kConsentTools = std::to_array<std::string_view>(
    {"onetrust",       "optanon",      "didomi",       "quantcast",      "qc-cmp",         "cmpbox",
     "cmpwrapper",     "sourcepoint",  "sp_message",   "privacy-mgmt",   "usercentrics",   "cookiebot",
     "cybotcookie",    "trustarc",     "truste",       "consentmanager", "iubenda",        "axeptio",
     "tarteaucitron",  "cookieyes",    "cky-consent",  "fc-consent",     "fundingchoices", "klaro",
     "osano",          "complianz",    "cmplz",        "borlabs",        "opencmp",        "ketch",
     "sirdata",        "appconsent",   "contentpass",  "cookielaw",      "cookie-consent", "cookieconsent",
     "consent-form",   "consent-page", "consent-wall", "cookiewall",     "cookie-wall",    "privacy-gate",
     "collectconsent", "cookiefirst",  "cookiehub",    "termly",         "uniconsent",     "inmobi"});
constexpr auto kPaywallTools = std::to_array<std::string_view>(
    {"paywall",  "regwall",        "paygate",        "tinypass",        "piano.io",
     "poool",    "tp-container",   "meteredcontent", "subscriber-wall", "subscription-wall",
     "zephr",    "pelcro",         "steady-paywall", "steadyhq",        "laterpay",
     "swg-",     "subscribe-wall", "premium-wall",   "evolok",          "mppglobal",
     "hardwall", "article-locked", "content-locked", "locked-content"});

template <std::size_t N>
bool any_in(std::string_view text, const std::array<std::string_view, N>& marks) {
  return std::ranges::any_of(marks, [&](std::string_view mark) { return text.find(mark) != std::string_view::npos; });
}

/// The first value of a member, as far as it can be found without parsing the JSON.
std::string_view value_behind(std::string_view json, std::size_t at) {
  while (at < json.size() && (is_ascii_space(json[at]) || json[at] == '"' || json[at] == ':' || json[at] == '[')) ++at;
  constexpr std::size_t kLongestValue = 40;
  return json.substr(at, kLongestValue);
}

}  // namespace

bool has_challenge(const PageSource& source, std::string_view html) {
  constexpr std::size_t kFewChars = 600;
  constexpr std::size_t kLongestPage = 64 * 1024;
  if (source.text_chars >= 2 * kFewChars) return false;
  if (any_in(source.marks, kChallenge)) return true;
  return source.text_chars < kFewChars && any_in(utf8_prefix(html, kLongestPage), kChallengeCode);
}

bool has_captcha(const PageSource& source) { return any_in(source.marks, kCaptcha); }
bool has_consent_tool(const PageSource& source) { return any_in(source.marks, kConsentTools); }
bool has_paywall_tool(const PageSource& source) { return any_in(source.marks, kPaywallTools); }

bool is_not_free(std::span<const std::string_view> linked_data) {
  constexpr std::string_view kMember = "isAccessibleForFree";
  return std::ranges::any_of(linked_data, [&](std::string_view json) {
    for (std::size_t at = json.find(kMember); at != std::string_view::npos; at = json.find(kMember, at + 1)) {
      if (ascii_iequals(value_behind(json, at + kMember.size()).substr(0, 5), "false")) return true;
    }
    return false;
  });
}

bool is_linked_article(std::span<const std::string_view> linked_data) {
  constexpr std::string_view kMember = "\"@type\"";
  return std::ranges::any_of(linked_data, [&](std::string_view json) {
    for (std::size_t at = json.find(kMember); at != std::string_view::npos; at = json.find(kMember, at + 1)) {
      const std::string_view value = value_behind(json, at + kMember.size());
      const std::string_view name = value.substr(0, value.find('"'));
      if (name.ends_with("Article") || name == "BlogPosting" || name == "LiveBlogPosting") return true;
    }
    return false;
  });
}

}  // namespace pw::extract
