#pragma once
/// URLs by the WHATWG URL Standard. There is no second URL reader in presswatch: what is checked is what is fetched.

#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pw::text {

/// Longer inputs are refused.
inline constexpr std::size_t kMaxUrlBytes = 32 * 1024;

/// One parsed URL. Everything is ASCII, percent-encoded and normalised as the standard serialises it. http and https
/// (and ws, wss, ftp) are read fully; other schemes, file among them, by the rules for non-special URLs. A plain value.
class Url {
 public:
  [[nodiscard]] const std::string& scheme() const noexcept { return scheme_; }  ///< "https", without the colon
  [[nodiscard]] const std::string& host() const noexcept { return host_; }      ///< "example.org", "[::1]", "192.0.2.1"
  [[nodiscard]] std::optional<std::uint16_t> port() const noexcept { return port_; }  ///< nothing: the scheme's default
  [[nodiscard]] std::uint16_t effective_port() const noexcept;                        ///< 0 where there is no default
  [[nodiscard]] const std::string& path() const noexcept { return path_; }            ///< "/" at least for http
  [[nodiscard]] const std::string& query() const noexcept { return query_; }          ///< without the question mark
  [[nodiscard]] const std::string& fragment() const noexcept { return fragment_; }    ///< without the hash sign
  [[nodiscard]] bool has_query() const noexcept { return has_query_; }                ///< also true for a lone "?"

  [[nodiscard]] std::string origin() const;            ///< "https://example.org:8443", "null" for opaque origins
  [[nodiscard]] std::string href() const;              ///< the serialisation
  [[nodiscard]] std::string without_fragment() const;  ///< what is asked of a server and keys its validators
  [[nodiscard]] bool is_web() const noexcept;          ///< http or https

  friend bool operator==(const Url&, const Url&) = default;

 private:
  friend class UrlReader;
  std::string scheme_;
  std::string username_;
  std::string password_;
  std::string host_;
  std::optional<std::uint16_t> port_;
  std::string path_;
  std::string query_;
  std::string fragment_;
  bool has_host_ = false;
  bool has_query_ = false;
  bool has_fragment_ = false;
  bool opaque_path_ = false;
};

/// Parses `input`, relative to `base` when one is given. Errc::parse with a reason when the standard refuses it,
/// Errc::too_large above kMaxUrlBytes. Malformed UTF-8 counts as U+FFFD. Linear time; any thread.
Result<Url> parse_url(std::string_view input, const Url* base = nullptr);

/// The href of `reference` seen from the page `base` ("" or an unreadable one: the reference must be absolute).
/// "" when it is refused.
std::string resolve_url(std::string_view reference, std::string_view base);

/// The host as the standard's host parser gives it ("[::1]" and dotted IPv4 normalised, IDNA by UTS 46).
Result<std::string> parse_host(std::string_view host);

}  // namespace pw::text

#include "text/url/url_key.hpp"  // IWYU pragma: export
