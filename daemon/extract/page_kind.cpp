#include "extract/page_kind.hpp"

#include "core/text.hpp"
#include "extract/page_address.hpp"
#include "extract/page_marks.hpp"
#include "extract/page_phrases.hpp"
#include "extract/page_source.hpp"
#include "extract/refresh.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace pw::extract {
namespace {

// In characters; those of scripts without spaces count three.
constexpr std::size_t kLongText = 1'500;    // no page but an article or a list of news has so much text
constexpr std::size_t kListOfNews = 6'000;  // a list of news below "not found"
constexpr std::size_t kShortText = 600;
constexpr std::size_t kTeaser = 2'500;
constexpr std::size_t kNoText = 60;
constexpr std::size_t kEmptyApplication = 250;
constexpr std::size_t kShortPage = 1'200;  // of all text shown
constexpr std::size_t kMaxTitle = 500;     // bytes

constexpr auto kNames =
    std::to_array<std::string_view>({"article", "consent", "robot_check", "not_found", "login", "script_only",
                                     "script_redirect", "front_page", "unavailable", "paywall"});

constexpr auto kReasons = std::to_array<std::string_view>(
    {"", "a consent form", "a check for robots", "\"not found\" with status 200", "a login form",
     "an empty application that needs JavaScript", "a script that leads to another page",
     "the front page instead of the article", "a notice that the site or the page is not available",
     "only the first paragraph before a paywall"});

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

bool ends_open(std::string_view text) {
  return std::ranges::any_of(std::to_array<std::string_view>({"…", "...", "[…]", "[...]", "(…)", "(...)"}),
                             [&](std::string_view mark) { return text.ends_with(mark); });
}

/// Examines one page in detail.
class Judge {
 public:
  Judge(std::string_view html, const Article& article, const AddressChange& moved, std::string_view url)
      : html_(html), url_(url), article_(article), moved_(moved), body_(text_weight(article.text)) {}

  PageKind kind() {
    if (is_robot_check()) return PageKind::robot_check;
    if (is_not_found()) return PageKind::not_found;
    if (is_consent()) return PageKind::consent;
    if (is_login()) return PageKind::login;
    if (is_script_redirect()) return PageKind::script_redirect;
    if (is_script_only()) return PageKind::script_only;
    if (is_unavailable()) return PageKind::unavailable;
    if (is_front_page()) return PageKind::front_page;
    return is_paywall() ? PageKind::paywall : PageKind::article;
  }

  std::string target() { return std::move(target_); }

 private:
  [[nodiscard]] bool is_dated_and_signed() const { return article_.published && !article_.authors.empty(); }
  /// Read when it is first asked for: the extracted article decides most pages.
  const PageSource& source() {
    if (!source_) source_ = read_source(html_);
    return *source_;
  }
  bool says_article() { return source().og_type == "article" || is_linked_article(source().linked_data); }
  /// True if something besides the text indicates an article; then only the text can show that it is not one.
  [[nodiscard]] bool has_evidence() {
    return article_.published.has_value() || !article_.authors.empty() || says_article();
  }

  /// True if the page's title or one of its headings is such a phrase.
  [[nodiscard]] bool is_titled(PhraseKind kind) {
    if (PhraseText::title_is(utf8_prefix(source().title, kMaxTitle), kind)) return true;
    std::string_view rest = utf8_prefix(source().headings, kMaxTitle);
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      if (PhraseText::title_is(rest.substr(0, end), kind)) return true;
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return false;
  }

  [[nodiscard]] bool says(PhraseKind kind) {
    if (!shown_) shown_.emplace(source().text);
    return shown_->has(kind);
  }

  [[nodiscard]] bool is_robot_check() {
    if (body_ >= kLongText) return false;
    const bool moved = moved_.to_robot_check && body_ < kShortText;
    if (is_dated_and_signed() && body_ >= kNoText && !moved) return false;
    if (has_challenge(source(), html_)) return !is_dated_and_signed() || body_ < kNoText;
    if (moved) return true;
    if (is_dated_and_signed() || source().text_chars >= kShortPage) return false;
    const bool asks = says(PhraseKind::robot_text);
    if (is_titled(PhraseKind::robot_title)) return asks || !has_evidence();
    if (asks && source().text_chars < kShortText && !has_evidence()) return true;
    return source().text_chars < kShortText && source().headings.empty() && !has_evidence() && has_captcha(source());
  }

  [[nodiscard]] bool is_not_found() {
    if (is_dated_and_signed() || body_ >= kListOfNews) return false;
    if (moved_.to_not_found && !has_evidence() && body_ < kLongText) return true;
    if (!is_titled(PhraseKind::not_found)) return false;
    if (body_ < kShortText) return !says_article() || !article_.published;
    return !has_evidence() && PhraseText(first_line(source().headings)).is_mostly(PhraseKind::not_found);
  }

  [[nodiscard]] bool is_consent() {
    if (moved_.to_consent && (body_ < kLongText || !has_evidence())) return true;
    const std::string_view text = body_ < kShortText / 3 ? std::string_view(source().text) : article_.text;
    constexpr std::size_t kFewestTerms = 4;
    const PhraseText words(utf8_prefix(text, kMaxShownText));
    if (words.count(PhraseKind::consent_term) < kFewestTerms || consent_share(text) < 0.6) return false;
    const bool titled = is_titled(PhraseKind::consent_title);
    const bool speaks = words.has(PhraseKind::consent_we);
    const bool asks = has_accept_button() || has_consent_tool(source());
    if (body_ >= kTeaser) return titled && speaks && asks && !has_evidence();
    // A form that leaked into the text of an article comes after it.
    if (has_evidence()) return asks && PhraseText(first_line(text)).has(PhraseKind::consent_we);
    return titled ? speaks || asks : speaks && (asks || body_ < kShortText);
  }

  /// The share of the text in lines with words of consent forms.
  static double consent_share(std::string_view text) {
    std::size_t all = 0;
    std::size_t ours = 0;
    text = utf8_prefix(text, kMaxShownText);
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
      const std::size_t weight = text_weight(line);
      all += weight;
      if (PhraseText(line).has(PhraseKind::consent_term)) ours += weight;
    }
    return all == 0 ? 0 : static_cast<double>(ours) / static_cast<double>(all);
  }

  [[nodiscard]] bool has_accept_button() {
    std::string_view rest = source().buttons;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      if (PhraseText::title_is(rest.substr(0, end), PhraseKind::accept)) return true;
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
    return false;
  }

  [[nodiscard]] bool is_login() {
    if (is_dated_and_signed() || body_ >= kShortText) return false;
    if (moved_.to_login) return source().has_password || !says_article();
    if (!is_titled(PhraseKind::login)) return false;
    return source().has_password || (source().text_chars < kShortPage && !has_evidence());
  }

  [[nodiscard]] bool is_script_redirect() {
    if (body_ >= kEmptyApplication || source().text_chars >= kEmptyApplication) return false;
    target_ = script_redirect(html_, url_);
    return !target_.empty();
  }

  [[nodiscard]] bool is_script_only() {
    if (body_ >= kEmptyApplication || source().text_chars >= kEmptyApplication) return false;
    const bool runs = !source().scripts.empty() || source().marks.find(".js") != std::string::npos;
    if (source().text_chars < kNoText && (source().has_application_root || (runs && source().images < 2))) return true;
    return source().has_application_root || says(PhraseKind::script) ||
           PhraseText(source().noscript).has(PhraseKind::script);
  }

  [[nodiscard]] bool is_unavailable() {
    if (body_ >= kShortText || has_evidence() || source().text_chars >= kShortPage) return false;
    return is_titled(PhraseKind::unavailable) || (source().text_chars < kShortText && says(PhraseKind::unavailable));
  }

  [[nodiscard]] bool is_front_page() { return moved_.to_front_page && !is_dated_and_signed() && !says_article(); }

  [[nodiscard]] bool is_paywall() {
    if (body_ == 0 || body_ >= kTeaser) return false;
    const bool breaks_off = body_ < kShortText || ends_open(article_.text);
    if (article_.partial && breaks_off && (is_not_free(source().linked_data) || has_paywall_tool(source())))
      return true;
    return body_ < kLongText && (article_.partial || breaks_off) && ends_in_offer();
  }

  /// True if the page asks readers to pay or log in for the rest, outside links.
  [[nodiscard]] bool ends_in_offer() {
    return says(PhraseKind::paywall) && !PhraseText(source().links).has(PhraseKind::paywall);
  }

  std::string_view html_;
  std::string_view url_;
  const Article& article_;
  const AddressChange& moved_;
  std::size_t body_;
  std::string target_;
  std::optional<PageSource> source_;
  std::optional<PhraseText> shown_;
};

}  // namespace

std::string_view page_kind_name(PageKind kind) noexcept { return kNames[static_cast<std::size_t>(kind)]; }

PageVerdict judge_page(std::string_view html, const Article& extracted, std::string_view asked_url,
                       std::string_view final_url) {
  const AddressChange moved = compare_addresses(asked_url, final_url);
  const bool is_long = extracted.text.size() >= kTeaser && text_weight(extracted.text) >= kTeaser;
  const bool titled = PhraseText::title_is(utf8_prefix(extracted.title, kMaxTitle), PhraseKind::not_found) ||
                      PhraseText::title_is(utf8_prefix(extracted.title, kMaxTitle), PhraseKind::consent_title);
  if (is_long && !titled && !moved.any()) return {};
  Judge judge(html, extracted, moved, final_url);
  PageVerdict verdict;
  verdict.kind = judge.kind();
  verdict.reason = kReasons[static_cast<std::size_t>(verdict.kind)];
  verdict.target = judge.target();
  return verdict;
}

}  // namespace pw::extract
