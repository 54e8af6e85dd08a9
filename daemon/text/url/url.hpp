#pragma once
/// URLs according to the WHATWG URL Standard. This is the only URL parser in presswatch, so that what is checked is
/// what is fetched.

#include "core/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pw::text {

/// Longer inputs are rejected.
inline constexpr std::size_t kMaxUrlBytes = 32 * 1024;

/// One parsed URL; a plain value. All components are ASCII, percent-encoded and normalised as in the standard's
/// serialisation. http and https (and ws, wss, ftp) are parsed as special schemes; all others, including file, by the
/// rules for non-special URLs.
class Url {
 public:
  [[nodiscard]] const std::string& scheme() const noexcept { return scheme_; }  ///< "https", without the colon
  [[nodiscard]] const std::string& host() const noexcept { return host_; }      ///< "example.org", "[::1]", "192.0.2.1"
  [[nodiscard]] std::optional<std::uint16_t> port() const noexcept { return port_; }  ///< nullopt: the scheme's default
  [[nodiscard]] std::uint16_t effective_port() const noexcept;                ///< 0 if the scheme has no default
  [[nodiscard]] const std::string& path() const noexcept { return path_; }    ///< at least "/" for http
  [[nodiscard]] const std::string& query() const noexcept { return query_; }  ///< without the question mark
  [[nodiscard]] bool has_fragment() const noexcept { return has_fragment_; }
  [[nodiscard]] const std::string& fragment() const noexcept { return fragment_; }  ///< without the hash sign
  [[nodiscard]] bool has_query() const noexcept { return has_query_; }              ///< also true for a lone "?"

  [[nodiscard]] std::string origin() const;            ///< "https://example.org:8443", "null" for opaque origins
  [[nodiscard]] std::string href() const;              ///< the serialised URL
  [[nodiscard]] std::string without_fragment() const;  ///< the form sent to a server, which also identifies its cache
                                                       ///< validators
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

/// Parses `input`, relative to `base` if given. Errc::parse with a reason if the standard rejects it, Errc::too_large
/// above kMaxUrlBytes. Malformed UTF-8 is treated as U+FFFD. Linear time; any thread.
Result<Url> parse_url(std::string_view input, const Url* base = nullptr);

/// Resolves `reference` against the page URL `base` and returns the href, or "" if it is invalid. If `base` is "" or
/// invalid, the reference must be absolute.
std::string resolve_url(std::string_view reference, std::string_view base);

/// Applies the standard's host parser: normalises "[::1]" and dotted IPv4, and applies IDNA (UTS 46). Errc::parse if
/// the host is invalid, Errc::too_large if it is too long.
Result<std::string> parse_host(std::string_view host);

}  // namespace pw::text

#include "text/url/url_key.hpp"  // IWYU pragma: export
