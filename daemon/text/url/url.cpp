#include "text/url/url.hpp"

#include "core/text.hpp"
#include "text/url/url_bytes.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pw::text {
namespace {

struct SpecialScheme {
  std::string_view name;
  std::uint16_t port;
};
constexpr std::array<SpecialScheme, 5> kSpecialSchemes{
    {{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}}};

std::uint16_t default_port(std::string_view scheme) {
  for (const auto& special : kSpecialSchemes) {
    if (special.name == scheme) return special.port;
  }
  return 0;
}

/// Without outer C0 controls and spaces, without tabs and line breaks anywhere, as valid UTF-8.
std::string cleaned(std::string_view input) {
  const auto outer = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!input.empty() && outer(input.front())) input.remove_prefix(1);
  while (!input.empty() && outer(input.back())) input.remove_suffix(1);
  std::string out = to_valid_utf8(input);
  std::erase_if(out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return out;
}

std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_ascii_letter(text[0])) return 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == ':') return i;
    if (!is_ascii_letter(text[i]) && !is_ascii_digit(text[i]) && text[i] != '+' && text[i] != '-' && text[i] != '.')
      return 0;
  }
  return 0;
}

/// The number of dots in a dot segment (".", "..", or escaped as %2e); 0 for any other segment.
int dots_of(std::string_view segment) {
  int dots = 0;
  while (!segment.empty()) {
    if (segment[0] == '.') {
      segment.remove_prefix(1);
    } else if (segment.size() >= 3 && segment.starts_with("%2") && ascii_lower(segment[2]) == 'e') {
      segment.remove_prefix(3);
    } else {
      return 0;
    }
    if (++dots > 2) return 0;
  }
  return dots;
}

}  // namespace

/// Fills one Url. The states of the standard's state machine are functions that consume `rest_` from the left.
class UrlReader {
 public:
  UrlReader(std::string_view text, const Url* base) : rest_(text), base_(base) {}

  Result<Url> read() {
    const std::size_t length = scheme_length(rest_);
    std::optional<Error> error;
    if (length > 0) {
      url_.scheme_ = ascii_lower(rest_.substr(0, length));
      rest_.remove_prefix(length + 1);
      error = after_scheme();
    } else {
      error = without_scheme();
    }
    if (error) return *error;
    return std::move(url_);
  }

 private:
  using Failure = std::optional<Error>;

  [[nodiscard]] bool special() const { return default_port(url_.scheme_) != 0; }
  [[nodiscard]] bool slash_at(std::size_t i) const {
    return i < rest_.size() && (rest_[i] == '/' || (special() && rest_[i] == '\\'));
  }

  Failure after_scheme() {
    if (special()) {
      const bool relative = base_ != nullptr && base_->scheme_ == url_.scheme_ && !rest_.starts_with("//");
      return relative ? relative_reference() : special_authority();
    }
    if (rest_.starts_with("//")) {
      rest_.remove_prefix(2);
      return authority();
    }
    if (rest_.starts_with('/')) return path();
    url_.opaque_path_ = true;
    percent_encode(url_.path_, until("?#"), EncodeSet::c0_control);
    return query();
  }

  Failure without_scheme() {
    if (base_ == nullptr) return fail(Errc::parse, "a relative URL without a base URL");
    if (base_->opaque_path_ && !rest_.starts_with('#')) {
      return fail(Errc::parse, "a relative URL cannot be resolved against a {}: URL", base_->scheme_);
    }
    url_.scheme_ = base_->scheme_;
    return relative_reference();
  }

  Failure relative_reference() {
    if (slash_at(0) && slash_at(1)) {
      if (special()) return special_authority();
      rest_.remove_prefix(2);
      return authority();
    }
    copy_authority();
    if (slash_at(0)) return path();
    url_.path_ = base_->path_;
    url_.opaque_path_ = base_->opaque_path_;
    if (rest_.empty() || rest_[0] == '#') {
      url_.query_ = base_->query_;
      url_.has_query_ = base_->has_query_;
    } else if (rest_[0] != '?') {
      shorten_path();
      return path();
    }
    return query();
  }

  void copy_authority() {
    url_.username_ = base_->username_;
    url_.password_ = base_->password_;
    url_.host_ = base_->host_;
    url_.has_host_ = base_->has_host_;
    url_.port_ = base_->port_;
  }

  Failure special_authority() {
    while (slash_at(0)) rest_.remove_prefix(1);
    return authority();
  }

  Failure authority() {
    std::string_view text = until(special() ? "/\\?#" : "/?#");
    if (const std::size_t at = text.rfind('@'); at != std::string_view::npos) {
      credentials(text.substr(0, at));
      text.remove_prefix(at + 1);
      if (text.empty()) return fail(Errc::parse, "a user name without a host");
    }
    std::size_t colon = 0;
    for (bool bracket = false; colon < text.size() && (text[colon] != ':' || bracket); ++colon) {
      if (text[colon] == '[') bracket = true;
      if (text[colon] == ']') bracket = false;
    }
    if (Failure error = host(text.substr(0, colon), colon < text.size())) return error;
    if (colon < text.size()) {
      if (Failure error = port(text.substr(colon + 1))) return error;
    }
    return path();
  }

  void credentials(std::string_view text) {
    const std::size_t colon = text.find(':');
    percent_encode(url_.username_, text.substr(0, colon), EncodeSet::userinfo);
    if (colon != std::string_view::npos) percent_encode(url_.password_, text.substr(colon + 1), EncodeSet::userinfo);
  }

  Failure host(std::string_view text, bool port_follows) {
    if (text.empty() && (special() || port_follows)) return fail(Errc::parse, "the URL has no host");
    auto parsed = special() ? parse_host(text) : parse_opaque_host(text);
    if (!parsed) return parsed.error();
    url_.host_ = std::move(*parsed);
    url_.has_host_ = true;
    return std::nullopt;
  }

  Failure port(std::string_view text) {
    std::uint32_t value = 0;
    for (const char c : text) {
      if (!is_ascii_digit(c)) return fail(Errc::parse, "the port is not a number");
      value = value * 10 + static_cast<std::uint32_t>(c - '0');
      if (value > 65535) return fail(Errc::parse, "the port is above 65535");
    }
    if (!text.empty() && (!special() || value != default_port(url_.scheme_))) {
      url_.port_ = static_cast<std::uint16_t>(value);
    }
    return std::nullopt;
  }

  void shorten_path() {
    if (const std::size_t slash = url_.path_.rfind('/'); slash != std::string::npos) url_.path_.resize(slash);
  }

  Failure path() {
    const std::string_view separators = special() ? "/\\?#" : "/?#";
    if (!special() && (rest_.empty() || rest_[0] == '?' || rest_[0] == '#')) return query();
    if (slash_at(0)) rest_.remove_prefix(1);
    while (true) {
      const std::string_view segment = until(separators);
      const bool more = slash_at(0);
      if (more) rest_.remove_prefix(1);
      const int dots = dots_of(segment);
      if (dots == 2) shorten_path();
      if (dots == 0) {
        url_.path_ += '/';
        percent_encode(url_.path_, segment, EncodeSet::path);
      } else if (!more) {
        url_.path_ += '/';
      }
      if (!more) return query();
    }
  }

  /// The query, the fragment or both.
  Failure query() {
    if (rest_.starts_with('?')) {
      rest_.remove_prefix(1);
      url_.query_.clear();
      url_.has_query_ = true;
      percent_encode(url_.query_, until("#"), special() ? EncodeSet::special_query : EncodeSet::query);
    }
    if (rest_.starts_with('#')) {
      url_.has_fragment_ = true;
      percent_encode(url_.fragment_, rest_.substr(1), EncodeSet::fragment);
    }
    return std::nullopt;
  }

  std::string_view until(std::string_view ends) {
    const std::string_view eaten = rest_.substr(0, rest_.find_first_of(ends));
    rest_.remove_prefix(eaten.size());
    return eaten;
  }

  std::string_view rest_;
  const Url* base_;
  Url url_;
};

std::uint16_t Url::effective_port() const noexcept { return port_.value_or(default_port(scheme_)); }

bool Url::is_web() const noexcept { return scheme_ == "https" || scheme_ == "http"; }

std::string Url::origin() const {
  if (default_port(scheme_) == 0) return "null";
  return port_ ? fmt::format("{}://{}:{}", scheme_, host_, *port_) : fmt::format("{}://{}", scheme_, host_);
}

std::string Url::without_fragment() const {
  std::string out = scheme_ + ":";
  if (has_host_) {
    out += "//";
    if (!username_.empty() || !password_.empty()) {
      out += username_;
      if (!password_.empty()) out += ":" + password_;
      out += '@';
    }
    out += host_;
    if (port_) out += fmt::format(":{}", *port_);
  } else if (!opaque_path_ && path_.starts_with("//")) {
    out += "/.";  // otherwise the path would be parsed as a host
  }
  out += path_;
  if (has_query_) out += "?" + query_;
  return out;
}

std::string Url::href() const {
  std::string out = without_fragment();
  if (has_fragment_) out += "#" + fragment_;
  return out;
}

Result<Url> parse_url(std::string_view input, const Url* base) {
  if (input.size() > kMaxUrlBytes) return fail(Errc::too_large, "the URL is longer than {} bytes", kMaxUrlBytes);
  const std::string text = cleaned(input);
  return UrlReader(text, base).read();
}

std::string resolve_url(std::string_view reference, std::string_view base) {
  if (is_serialised_web_url(reference)) return std::string(reference);
  const Result<Url> page = parse_url(base);
  const Result<Url> url = parse_url(reference, page ? &*page : nullptr);
  return url ? url->href() : std::string();
}

}  // namespace pw::text
