#include "source/kinds/native/call.hpp"

#include "core/log.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <utility>

namespace pw::native {
namespace {

constexpr int kMaxLogLines = 50;  // per call
constexpr std::size_t kMaxLogLine = 4096;
constexpr std::size_t kMaxReason = 1000;

constexpr std::array<std::string_view, 5> kNames{"create", "poll", "parse", "extract", "stored"};

thread_local Call* innermost = nullptr;

std::uint64_t next_serial() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

std::vector<std::string> texts_of(const config::Options& options, const config::OptionSpec& spec) {
  switch (spec.type) {
    case config::OptionType::number: return {std::to_string(options.number(spec.name, 0))};
    case config::OptionType::flag: return {options.flag(spec.name, false) ? "true" : "false"};
    case config::OptionType::list: return options.list(spec.name);
    default: return {options.text(spec.name)};
  }
}

pw_status status_of(Errc code) {
  switch (code) {
    case Errc::refused: return PW_E_CALL;
    case Errc::not_found: return PW_E_HANDLE;
    case Errc::too_large: return PW_E_LIMIT;
    case Errc::plugin: return PW_E_ARGUMENT;
    default: return PW_E_SYNTAX;
  }
}

}  // namespace

Context::Context(std::shared_ptr<const source::Package> from, const config::SourceSettings& settings)
    : package(std::move(from)), source(settings.id) {
  for (const config::OptionSpec& spec : package->options) {
    if (settings.options.has(spec.name)) {
      options.emplace(std::string(spec.name), texts_of(settings.options, spec));
    }
  }
}

Call::Call(Kind kind, Context& context, Time now)
    : kind_(kind),
      context_(context),
      now_(now),
      serial_(next_serial()),
      outer_(std::exchange(innermost, this)),
      views_(context.lookup),
      left_(context.package->limits.answer) {}

Call::~Call() { innermost = outer_; }

Call* Call::find(pw_call handle) noexcept {
  return innermost != nullptr && innermost->serial_ == handle.id ? innermost : nullptr;
}

std::string Call::name() const {
  return fmt::format("{}() of the plugin {}", kNames.at(static_cast<std::size_t>(kind_)), context_.package->name);
}

Result<void> Call::threw(std::string_view what) {
  return fail(Errc::plugin, "{} threw an exception{}{}", name(), what.empty() ? "" : ": ", printable(what, kMaxReason));
}

Result<void> Call::outcome(pw_status returned) {
  if (breach_) return fail(Errc::plugin, "{} violated the ABI: {}", name(), *breach_);
  if (reason_) return fail(Errc::parse, "{}", printable(*reason_, kMaxReason));
  if (returned == PW_OK) return {};
  return fail(Errc::parse, "{} returned {} {}", name(), returned,
              last_error_.empty() ? "without a reason" : "after: " + printable(last_error_, kMaxReason));
}

source::Emitted Call::take_emitted() {
  const auto took = std::chrono::ceil<Milliseconds>(std::chrono::steady_clock::now() - begun_);
  if (took > context_.package->limits.call) {
    emitted_.warnings.push_back(
        fmt::format("{} took {}; the limit is {}", name(), to_string(took), to_string(context_.package->limits.call)));
  }
  return std::move(emitted_);
}

pw_status Call::refuse(const Error& error) {
  last_error_ = error.message;
  return status_of(error.code);
}

void Call::break_off(const Error& error) {
  if (!breach_) breach_ = error.message;
}

Result<std::string_view> Call::text(pw_str given, std::string_view what) {
  if (given.size == 0) return std::string_view{};
  if (given.data == nullptr) return fail(Errc::plugin, "the {} is NULL but has a size", what);
  if (given.size > Views::kMaxInput) return fail(Errc::too_large, "the {} is too long: {} bytes", what, given.size);
  const std::string_view out{given.data, given.size};
  if (!is_valid_utf8(out)) return fail(Errc::plugin, "the {} is not UTF-8: {}", what, printable(out, 100));
  return out;
}

Result<void> Call::set_reason(pw_str why) {
  const auto reason = text(why, "reason");
  // A call whose reason is unreadable has still failed.
  if (!reason_) reason_ = reason ? std::string(utf8_prefix(*reason, kMaxReason)) : reason.error().message;
  return {};
}

Result<void> Call::log(std::int32_t level, pw_str given) {
  const auto line = text(given, "log message");
  if (!line) return line.error();
  if (++logged_ > kMaxLogLines) {
    if (logged_ == kMaxLogLines + 1) {
      log::say("plugin-logs-cut", {.source = context_.source}, "{}: the plugin logs too much; dropping further lines",
               context_.source);
    }
    return fail(Errc::too_large, "at most {} log messages are allowed per call", kMaxLogLines);
  }
  const auto severity = level <= PW_LOG_ERROR     ? log::Level::error
                        : level <= PW_LOG_WARNING ? log::Level::warn
                        : level <= PW_LOG_INFO    ? log::Level::info
                                                  : log::Level::debug;
  log::say_at(severity, "plugin-log", {.source = context_.source},
              fmt::format("{}: {}", context_.source, printable(*line, kMaxLogLine)));
  return {};
}

}  // namespace pw::native
