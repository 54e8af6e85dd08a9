#pragma once
/// One call into a plugin: what it may ask of the host while it lasts, and what it has done by the end.

#include "config/settings.hpp"
#include "core/result.hpp"
#include "core/time.hpp"
#include "source/kinds/native/lookup.hpp"
#include "source/kinds/native/views.hpp"
#include "source/package.hpp"
#include "source/plugin.hpp"

#include <plugin.h>

#include <chrono>
#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace pw::native {

/// What stays the same over all calls of one source.
struct Context {
  Context(std::shared_ptr<const source::Package> from, const config::SourceSettings& settings);

  std::shared_ptr<const source::Package> package;
  std::string source;                                                    ///< its id
  std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< those that are set, as text
  Lookup lookup;
};

/// Lives on the stack of the thread that makes the call, and is known to the host's functions as long as it lives.
/// Nothing that a plugin hands in is used unchecked; what is wrong with it is either answered (documents, handles), or,
/// of something emitted, breaks the call: it fails with Errc::plugin.
class Call {
 public:
  enum class Kind : std::uint8_t { create, poll, parse, extract, stored };

  Call(Kind kind, Context& context, Time now);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  /// The innermost call of this thread, when that is what the handle says; else nullptr.
  static Call* find(pw_call handle) noexcept;

  [[nodiscard]] pw_call handle() const noexcept { return {serial_}; }
  [[nodiscard]] Views& views() noexcept { return views_; }
  [[nodiscard]] Context& context() noexcept { return context_; }
  [[nodiscard]] Time now() const noexcept { return now_; }

  /// Runs the plugin's function. Fails with Errc::parse and the plugin's own reason, or with Errc::plugin where it
  /// threw, or emitted what cannot be.
  template <class F>
  Result<void> run(F&& function) {
    begun_ = std::chrono::steady_clock::now();
    try {
      return outcome(function());
    } catch (const std::exception& error) {
      return threw(error.what());
    } catch (...) {
      return threw("");
    }
  }

  /// What was emitted; a call that ran longer than it may is among the warnings.
  source::Emitted take_emitted();
  std::optional<Article> take_article() { return std::move(article_); }

  Result<void> emit_request(const pw_request* request);
  Result<void> emit_item(const pw_article* item);
  Result<void> set_cursor(pw_str cursor);
  Result<void> set_pace(std::uint32_t seconds);
  Result<void> set_article(const pw_article* article);
  Result<void> warn(pw_str text);
  Result<void> set_reason(pw_str why);
  Result<void> log(std::int32_t level, pw_str text);

  /// Text that a plugin hands in. Errc::plugin when it is none; `what` names it.
  static Result<std::string_view> text(pw_str given, std::string_view what);

  /// Keeps what went wrong for last_error() and says it as a status.
  pw_status refuse(const Error& error);
  /// Nothing that was emitted counts any more.
  void break_off(const Error& error);
  [[nodiscard]] const std::string& last_error() const { return last_error_; }

 private:
  Result<void> outcome(pw_status returned);
  Result<void> threw(std::string_view what);
  [[nodiscard]] std::string name() const;
  [[nodiscard]] Result<void> only_in(std::initializer_list<Kind> kinds) const;
  Result<std::string> spend(pw_str given, std::string_view what);
  Result<Article> read_article(const pw_article& in);

  const Kind kind_;
  Context& context_;
  const Time now_;
  const std::uint64_t serial_;
  Call* const outer_;
  Views views_;
  source::Emitted emitted_;
  std::optional<Article> article_;
  std::optional<std::string> reason_;
  std::optional<std::string> breach_;
  std::string last_error_;
  std::size_t left_;         ///< bytes that it may still emit
  std::size_t offered_ = 0;  ///< items, also those that were left out
  int logged_ = 0;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace pw::native
