#pragma once
/// Expected failure as a value: Result<T> holds a T or an Error. Exceptions are for start-up and configuration only.

#include <boost/system/result.hpp>
#include <spdlog/fmt/fmt.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace pw {

/// What kind of thing went wrong; callers branch on this, people read Error::message.
enum class Errc {
  invalid,      ///< the caller's or the user's input is malformed
  config,       ///< a configuration file is wrong
  io,           ///< a file, socket or device failed
  not_found,    ///< what was asked for does not exist
  refused,      ///< a rule forbids it: address guard, robots, rights
  http,         ///< the server answered with an error status
  timeout,      ///< a deadline passed
  too_large,    ///< a size, depth or count cap was reached
  parse,        ///< outside bytes could not be read as what they claim to be
  unsupported,  ///< understood, but not supported
  busy,         ///< try again later
  plugin,       ///< a source plugin misbehaved
  cancelled,    ///< the daemon is stopping, or the work was given up
  corrupt,      ///< stored data is damaged
  internal,     ///< a broken promise inside presswatch
};

/// The stable lower-case name of a code, for logs and JSON ("too_large").
std::string_view to_string(Errc code) noexcept;

struct Error {
  Errc code = Errc::internal;
  std::string message;  ///< for people: what happened, where, and what to do
};

/// Thrown when the value of a failed Result is asked for: a bug in the caller.
struct BadResult : std::logic_error {
  explicit BadResult(const Error& error) : std::logic_error(error.message) {}
};

/// Found by Boost.System through argument-dependent lookup.
[[noreturn]] inline void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw BadResult(error);
}

template <class T>
using Result = boost::system::result<T, Error>;

/// The one way to make an Error: `return fail(Errc::http, "{} answered {}", url, status);`
template <class... Args>
[[nodiscard]] Error fail(Errc code, fmt::format_string<Args...> format, Args&&... args) {
  return Error{code, fmt::format(format, std::forward<Args>(args)...)};
}

}  // namespace pw
