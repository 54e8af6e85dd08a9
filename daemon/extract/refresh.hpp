#pragma once
/// Pages that only send on to another one: <meta http-equiv="refresh">, the Refresh header, and the simplest scripts.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pw::extract {

struct Refresh {
  std::uint32_t seconds = 0;  ///< at most a day; more is a day
  std::string url;            ///< absolute, http or https

  friend bool operator==(const Refresh&, const Refresh&) = default;
};

/// A refresh that waits longer is no redirect: readers have time to read the page.
inline constexpr std::uint32_t kLongestRedirect = 10;

/// The value of a Refresh header, or the content of a refresh in a page, by the HTML standard's shared declarative
/// refresh steps. Relative addresses are seen from `base`. Nothing where the value is not valid, names no address, or
/// leads to `page` itself (without its fragment). Linear time; any thread.
std::optional<Refresh> parse_refresh(std::string_view value, std::string_view base, std::string_view page);

/// The first valid refresh of a page that was fetched from `url`, in <noscript> too; relative addresses are seen from
/// the page's <base href>. Nothing also where the page only reloads itself. Linear time; any thread.
std::optional<Refresh> meta_refresh(std::string_view html, std::string_view url);

/// An address of a page as an absolute one; "" where it is no web address or that of the page itself, up to the
/// fragment.
std::string other_page(std::string_view address, std::string_view base, std::string_view page);

/// Where a script sends the reader of a page without text: the string that is the only address assigned to `location`
/// or passed to `location.replace` or `location.assign`, in a script that does little else. "" where there is none, or
/// it leads to `url` itself. Linear time; any thread.
std::string script_redirect(std::string_view html, std::string_view url);

}  // namespace pw::extract
