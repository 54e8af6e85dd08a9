#pragma once
/// Pages that only redirect: by <meta http-equiv="refresh">, the Refresh header, or a simple script.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pw::extract {

struct Refresh {
  std::uint32_t seconds = 0;  ///< at most a day; longer times are reduced to it
  std::string url;            ///< absolute, http or https

  friend bool operator==(const Refresh&, const Refresh&) = default;
};

/// A refresh with a longer delay is not a redirect, because readers have time to read the page.
inline constexpr std::uint32_t kLongestRedirect = 10;

/// Parses a Refresh header, or the content of a meta refresh, by the HTML standard's shared declarative refresh steps.
/// Relative URLs are resolved against `base`. nullopt if the value is invalid, has no URL, or refers to `page` itself
/// (ignoring fragments). Linear time; any thread.
std::optional<Refresh> parse_refresh(std::string_view value, std::string_view base, std::string_view page);

/// The first valid refresh of a page fetched from `url`, including those in <noscript>. Relative URLs are resolved
/// against the page's <base href>. nullopt if there is none or the page only reloads itself. Linear time; any thread.
std::optional<Refresh> meta_refresh(std::string_view html, std::string_view url);

/// Makes a URL found on a page absolute; "" if it is not a web URL or refers to the page itself (ignoring fragments).
std::string other_page(std::string_view address, std::string_view base, std::string_view page);

/// The target of a script on a page without text: the string that is the only URL assigned to `location` or passed to
/// `location.replace` or `location.assign`, in a script that does little else. "" if there is none or it is `url`
/// itself. Linear time; any thread.
std::string script_redirect(std::string_view html, std::string_view url);

}  // namespace pw::extract
