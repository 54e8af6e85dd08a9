#pragma once
/// Expected failures as values: a Result<T> holds a T or an Error. Exceptions are reserved for start-up and
/// configuration. Values: any thread, no locking.

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

/// The kind of failure. Callers branch on it; people read Error::message.
enum class Errc {
  invalid,      ///< malformed input from the caller or the user
  config,       ///< an invalid configuration file
  io,           ///< a file, socket or device failed
  not_found,    ///< the requested object does not exist
  refused,      ///< forbidden by a rule: address guard, robots.txt, permissions
  http,         ///< the server returned an error status
  timeout,      ///< a deadline expired
  too_large,    ///< a limit on size, depth or count was exceeded
  parse,        ///< external data is not in the format it claims to be
  unsupported,  ///< valid, but not supported
  busy,         ///< temporarily overloaded; try again later
  plugin,       ///< a source plugin misbehaved
  cancelled,    ///< the daemon is stopping, or the work was abandoned
  corrupt,      ///< stored data is damaged
  internal,     ///< a bug in presswatch: an invariant does not hold
};

/// The stable lower-case name of a code ("too_large"), for logs and JSON.
std::string_view to_string(Errc code) noexcept;

/// Why an operation failed.
struct Error {
  Errc code = Errc::internal;
  std::string message;  ///< for people: what happened, where, and what to do about it
};

/// Thrown on access to the value of a failed Result, which is a bug in the caller.
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
    throw_bad_result("access to the value of a failed Result");
}

}  // namespace detail

/// A value of type T or the error that explains why there is none. Converts implicitly from either; movable and
/// copyable if T is.
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

  /// A default-constructed E if there is a value.
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

/// Success, or the error.
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
/// Creates an Error: `return fail(Errc::http, "{} answered {}", url, status);`
template <class... Args>
[[nodiscard]] Error fail(Errc code, fmt::format_string<Args...> format, Args&&... args) {
  return Error{code, fmt::vformat(format, fmt::make_format_args(args...))};
}

}  // namespace pw
