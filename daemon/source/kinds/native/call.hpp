#pragma once
/// One call into a plugin: which host functions it may use, and what it has emitted.

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

/// State shared by all calls of one source. Not thread-safe.
struct Context {
  Context(std::shared_ptr<const source::Package> from, const config::SourceSettings& settings);

  std::shared_ptr<const source::Package> package;
  std::string source;                                                    ///< id of the source
  std::map<std::string, std::vector<std::string>, std::less<>> options;  ///< options that are set, as text
  Lookup lookup;
};

/// Lives on the stack of the calling thread. The host functions find it by its handle for as long as it lives.
/// Everything a plugin passes in is validated. Invalid documents and handles are reported to the plugin; anything
/// invalid that it emits makes the call fail with Errc::plugin.
class Call {
 public:
  enum class Kind : std::uint8_t { create, poll, parse, extract, stored };

  Call(Kind kind, Context& context, Time now);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  /// The innermost call on this thread if `handle` refers to it, otherwise nullptr.
  static Call* find(pw_call handle) noexcept;

  [[nodiscard]] pw_call handle() const noexcept { return {serial_}; }
  [[nodiscard]] Views& views() noexcept { return views_; }
  [[nodiscard]] Context& context() noexcept { return context_; }
  [[nodiscard]] Time now() const noexcept { return now_; }

  /// Runs a function of the plugin. Fails with Errc::parse and the plugin's own reason, or with Errc::plugin if it
  /// threw an exception or emitted something invalid.
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

  /// What the plugin emitted. If the call exceeded its time limit, the warnings say so.
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

  /// Validates text passed in by a plugin: Errc::plugin if it is invalid. `what` names it in the message.
  static Result<std::string_view> text(pw_str given, std::string_view what);

  /// Stores an error for last_error() and returns it as a status.
  pw_status refuse(const Error& error);
  /// Makes the call fail: nothing it has emitted counts any more.
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
  std::size_t left_;         ///< bytes that may still be emitted
  std::size_t offered_ = 0;  ///< number of items, including skipped ones
  int logged_ = 0;
  std::chrono::steady_clock::time_point begun_;
};

}  // namespace pw::native
