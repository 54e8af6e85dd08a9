#pragma once
/// Expected failure as a value: Result<T> holds a T or an Error. Exceptions are for start-up and configuration only.

#include <fmt/core.h>

#include <cassert>
#include <concepts>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
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
  using std::logic_error::logic_error;
};

namespace detail {

[[noreturn]] void throw_bad_result(const std::string& message);

template <class E>
[[noreturn]] void throw_bad(const E& error) {
  if constexpr (requires { error.message; })
    throw_bad_result(error.message);
  else
    throw_bad_result("the value of a failed result was asked for");
}

}  // namespace detail

/// A value of type T, or why there is none. Made from either, without a word; moved and copied as T is.
template <class T, class E = Error>
class [[nodiscard]] Result {
  template <class From, class To, class Other>
  static constexpr bool kOnly = std::is_convertible_v<From, To> && !std::is_convertible_v<From, Other> &&
                                !std::is_same_v<std::remove_cvref_t<From>, Result>;

 public:
  using value_type = T;
  using error_type = E;

  Result() requires std::default_initializable<T> : value_(std::in_place) {}
  template <class V>
  requires kOnly<V, T, E> Result(V&& value)
      : value_(std::in_place, std::forward<V>(value)) {}  // NOLINT(google-explicit-constructor)
  template <class V>
  requires kOnly<V, E, T> Result(V&& error) : error_(std::forward<V>(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const noexcept { return value_.has_value(); }
  explicit operator bool() const noexcept { return value_.has_value(); }

  const T& value() const& { return *present().value_; }
  T& value() & { return *present().value_; }
  T&& value() && { return *std::move(present().value_); }

  [[nodiscard]] const T& operator*() const& noexcept { return *(assert(value_), value_); }
  [[nodiscard]] T& operator*() & noexcept { return *(assert(value_), value_); }
  [[nodiscard]] T&& operator*() && noexcept { return *(assert(value_), std::move(value_)); }
  [[nodiscard]] const T* operator->() const noexcept { return &**this; }
  [[nodiscard]] T* operator->() noexcept { return &**this; }

  /// An empty one where there is a value.
  [[nodiscard]] const E& error() const& noexcept { return error_; }
  [[nodiscard]] E error() && noexcept { return std::move(error_); }

 private:
  const Result& present() const {
    if (!value_) detail::throw_bad(error_);
    return *this;
  }
  Result& present() { return const_cast<Result&>(std::as_const(*this).present()); }

  std::optional<T> value_;
  E error_;
};

/// Done, or why not.
template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  using value_type = void;
  using error_type = E;

  Result() = default;
  template <class F>
  requires(std::is_convertible_v<F, E> && !std::is_same_v<std::remove_cvref_t<F>, Result>) Result(F&& error)
      : failed_(true), error_(std::forward<F>(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool has_value() const noexcept { return !failed_; }
  explicit operator bool() const noexcept { return !failed_; }

  void value() const {
    if (failed_) detail::throw_bad(error_);
  }

  [[nodiscard]] const E& error() const& noexcept { return error_; }
  [[nodiscard]] E error() && noexcept { return std::move(error_); }

 private:
  bool failed_ = false;
  E error_;
};
/// The one way to make an Error: `return fail(Errc::http, "{} answered {}", url, status);`
template <class... Args>
[[nodiscard]] Error fail(Errc code, fmt::format_string<Args...> format, Args&&... args) {
  return Error{code, fmt::vformat(format, fmt::make_format_args(args...))};
}

}  // namespace pw
