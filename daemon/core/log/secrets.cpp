#include "core/log/secrets.hpp"

#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace pw::log {

namespace {

constexpr std::string_view kMask = "***";

constexpr std::array<std::string_view, 9> kParts{"token",     "secret",     "passw",   "apikey", "oauth",
                                                 "signature", "credential", "session", "cookie"};
constexpr std::array<std::string_view, 15> kNames{
    "key",       "auth",   "authorization",   "pwd",        "pass",   "pw", "sig", "sid", "jwt", "hmac",
    "accesskey", "appkey", "subscriptionkey", "privatekey", "authkey"};
constexpr std::array<std::string_view, 3> kSchemes{"Bearer ", "Basic ", "Digest "};

bool is_name_character(char c) { return is_ascii_letter(c) || is_ascii_digit(c) || c == '_' || c == '-' || c == '.'; }

bool is_quote(char c) { return c == '"' || c == '\''; }

bool ends_value(char c) {
  return is_ascii_space(c) || c == '&' || c == ';' || is_quote(c) || c == '<' || c == '>' || c == ')' || c == ']' ||
         c == '}' || c == ',' || c == '#';
}

/// Copies `text` piece by piece, leaving secrets out.
class Masker {
 public:
  explicit Masker(std::string_view text) : text_(text) {}

  std::string run() {
    while (at_ < text_.size()) {
      if (!(mask_user() || mask_credentials() || mask_value())) out_ += text_[at_++];
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

  void skip(std::size_t size) {
    out_ += kMask;
    at_ += size;
  }

  /// At "://user:password@": masks what is before the last @ of the authority.
  bool mask_user() {
    constexpr std::string_view kStart = "://";
    if (!rest().starts_with(kStart)) return false;
    out_ += kStart;
    at_ += kStart.size();
    const std::string_view authority = rest().substr(0, rest().find_first_of("/?# \t\r\n\"'<>\\"));
    const std::size_t end = authority.rfind('@');
    if (end != std::string_view::npos) skip(end);
    return true;
  }

  bool mask_credentials() {
    if (at_ > 0 && is_name_character(text_[at_ - 1])) return false;
    const auto scheme = std::ranges::find_if(
        kSchemes, [this](std::string_view one) { return ascii_iequals(rest().substr(0, one.size()), one); });
    if (scheme == kSchemes.end()) return false;
    const std::string_view value = rest().substr(scheme->size());
    // A short word is part of a sentence: "Basic rules".
    constexpr std::size_t kShortest = 12;
    const std::size_t size = value_size(value);
    if (size < kShortest) return false;
    out_ += rest().substr(0, scheme->size());
    at_ += scheme->size();
    skip(size);
    return true;
  }

  /// At the name of a secret, followed by "=" or ":" and a value.
  bool mask_value() {
    if (!is_name_character(text_[at_]) || (at_ > 0 && is_name_character(text_[at_ - 1]))) return false;
    std::size_t end = at_;
    while (end < text_.size() && is_name_character(text_[end])) ++end;
    const std::string_view name = text_.substr(at_, end - at_);
    out_ += name;
    at_ = end;
    if (!names_a_secret(name)) return true;
    const std::size_t sign = std::min(text_.find_first_not_of("\"' \t", at_), text_.size());
    if (sign == text_.size() || (text_[sign] != '=' && text_[sign] != ':')) return true;
    const std::string_view value = find_value(sign + 1);
    // "key: the reason": after a colon, only text in quotes, or text that cannot be a word, counts.
    const auto place = static_cast<std::size_t>(value.data() - text_.data());
    const bool is_certain = text_[sign] == '=' || is_quote(text_[place - 1]) || may_be_secret(value);
    if (value.empty() || !is_certain || scheme_at(place)) return true;
    out_ += text_.substr(at_, place - at_);
    at_ = place;
    skip(value.size());
    return true;
  }

  /// The value after a sign, without its quotes.
  [[nodiscard]] std::string_view find_value(std::size_t from) const {
    const std::size_t start = std::min(text_.find_first_not_of(" \t", from), text_.size());
    if (start == text_.size()) return text_.substr(start);
    if (!is_quote(text_[start])) return text_.substr(start, value_size(text_.substr(start)));
    const std::size_t end = std::min(text_.find(text_[start], start + 1), text_.size());
    return text_.substr(start + 1, end - start - 1);
  }

  [[nodiscard]] bool scheme_at(std::size_t place) const {
    return std::ranges::any_of(
        kSchemes, [&](std::string_view one) { return ascii_iequals(text_.substr(place, one.size()), one); });
  }

  static std::size_t value_size(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::find_if(text, ends_value) - text.begin());
  }

  static bool may_be_secret(std::string_view value) {
    constexpr std::size_t kShortest = 8;
    return value.size() >= kShortest && std::ranges::any_of(value, is_ascii_digit);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

bool names_a_secret(std::string_view name) {
  std::string plain = ascii_lower(name);
  std::erase_if(plain, [](char c) { return c == '_' || c == '-' || c == '.'; });
  if (std::ranges::find(kNames, plain) != kNames.end()) return true;
  return std::ranges::any_of(kParts, [&](std::string_view part) { return plain.find(part) != std::string::npos; });
}

std::string mask_secrets(std::string_view text) { return Masker(text).run(); }

}  // namespace pw::log
