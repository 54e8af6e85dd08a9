#include "bus/log_request.hpp"

#include "core/text.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <limits>
#include <string_view>

namespace pw::bus {
namespace {

namespace json = boost::json;

constexpr std::int64_t kMaxWaitMs = 30'000;
constexpr std::size_t kMaxReq = 64;
constexpr std::size_t kMaxChannel = 64;
constexpr std::size_t kShown = 40;  // bytes shown of a wrong value

/// [a-z0-9._-]{1,64}
bool is_channel(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kMaxChannel && std::ranges::all_of(name, fits);
}

/// Reads keys and keeps the first error.
class Keys {
 public:
  explicit Keys(const json::object& in) : in_(in) {}

  std::optional<std::string> text(std::string_view key, std::size_t max_bytes) {
    const json::value* value = in_.if_contains(key);
    if (value == nullptr) return std::nullopt;
    if (value->is_string() && value->get_string().size() <= max_bytes) return std::string(value->get_string());
    complain(key, fmt::format("a string of at most {} bytes", max_bytes), *value);
    return std::nullopt;
  }

  std::optional<std::string> channel(std::string_view key) {
    const json::value* value = in_.if_contains(key);
    if (value == nullptr || value->is_null()) return std::nullopt;
    if (value->is_string() && is_channel(value->get_string())) return std::string(value->get_string());
    complain(key, "null or the id of a watchlist (a-z, 0-9, '.', '_' and '-', at most 64 of them)", *value);
    return std::nullopt;
  }

  std::optional<Id> id(std::string_view key, bool null_is_none) {
    const json::value* value = in_.if_contains(key);
    if (value == nullptr || (null_is_none && value->is_null())) return std::nullopt;
    const auto id = value->is_string() ? id_from_hex(value->get_string()) : std::nullopt;
    if (!id) complain(key, null_is_none ? "null or 32 hex digits" : "32 hex digits", *value);
    return id;
  }

  std::optional<std::int64_t> whole(std::string_view key, std::int64_t least = 0) {
    const json::value* value = in_.if_contains(key);
    if (value == nullptr) return std::nullopt;
    boost::system::error_code error;
    const std::int64_t number = value->is_number() ? value->to_number<std::int64_t>(error) : -1;
    if (!error && number >= least) return number;
    complain(key, fmt::format("a whole number from {} to {}", least, std::numeric_limits<std::int64_t>::max()), *value);
    return std::nullopt;
  }

  void complain(std::string why) {
    if (why_.empty()) why_ = std::move(why);
  }

  [[nodiscard]] std::string why() const { return why_; }

 private:
  void complain(std::string_view key, std::string_view wanted, const json::value& value) {
    complain(fmt::format("\"{}\" must be {}, not {}", key, wanted, printable(json::serialize(value), kShown)));
  }

  const json::object& in_;
  std::string why_;
};

}  // namespace

LogRequest read_log_request(const json::object& in) {
  Keys keys(in);
  LogRequest out;
  if (const auto req = keys.text("req", kMaxReq)) out.req = json::string(*req);
  out.op = keys.text("op", kMaxReq).value_or("");
  if (!in.contains("op")) keys.complain("\"op\" is missing: head, health or replay");
  out.log = keys.id("log", true);
  out.channel = keys.channel("channel");
  if (const auto after = keys.whole("after")) out.after = static_cast<std::uint64_t>(*after);
  out.anchor = keys.id("anchor", false);
  if (out.anchor && out.after.value_or(0) == 0) {
    keys.complain("\"anchor\" is the id of the alert \"after\", which must then be given and not be 0");
  }
  if (const auto since = keys.whole("since_ms")) out.since = from_ms(*since);
  const auto max = static_cast<std::size_t>(keys.whole("max", 1).value_or(kMaxAlertsOfPage));
  out.max = std::min(max, kMaxAlertsOfPage);
  out.wait = Milliseconds{std::min(keys.whole("wait_ms").value_or(0), kMaxWaitMs)};
  out.why = keys.why();
  return out;
}

}  // namespace pw::bus
