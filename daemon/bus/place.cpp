#include "bus/place.hpp"

#include "core/json/json_member.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <string_view>

namespace pw::bus {
namespace {

namespace json = boost::json;

constexpr std::size_t kRecent = 10'000;
/// How far before its last alert a subscriber resumes in another log, to allow for clock differences.
constexpr std::chrono::minutes kResyncSlack{10};

std::optional<Time> find_time(const json::object& in, std::string_view key) {
  const auto ms = count_member(in, key);
  return ms ? std::optional(from_ms(static_cast<std::int64_t>(*ms))) : std::nullopt;
}

}  // namespace

Place::Step Place::judge(const Header& alert) const {
  if (alert.log_id != log_id_) return Step::ask;
  const std::uint64_t cursor = cursor_.value_or(0);
  const std::uint64_t n = number(alert);
  if (n == cursor + 1) return Step::deliver;
  // A different alert with our number: the log was truncated and has grown again.
  if (n > cursor || (n == cursor && anchor_ && *anchor_ != alert.id)) return Step::ask;
  return Step::drop;
}

bool Place::behind(const Header& heartbeat, const json::object& body) {
  if (heartbeat.log_id != log_id_) return true;
  const std::uint64_t cursor = cursor_.value_or(0);
  if (channel_.empty()) return heartbeat.seq != cursor;
  if (heartbeat.seq < known_) return true;
  const json::object* heads = object_member(body, "heads");
  const auto listed = heads != nullptr ? count_member(*heads, channel_) : std::nullopt;
  // A channel that is not listed has not changed since heads_after.
  const auto after = count_member(body, "heads_after");
  const bool unchanged = !listed && after && (*after <= known_);
  if (listed.value_or(unchanged ? cursor : cursor + 1) != cursor) return true;
  known_ = heartbeat.seq;
  return false;
}

json::object Place::request() const {
  json::object out{{"op", cursor_ || since_ ? "replay" : "head"}, {"req", "s"}};
  if (log_id_ != Id{}) out["log"] = to_hex(log_id_);
  if (!channel_.empty()) out["channel"] = channel_;
  if (cursor_) {
    out["after"] = *cursor_;
    if (anchor_) out["anchor"] = to_hex(*anchor_);
  } else if (since_) {
    out["since_ms"] = std::max<std::int64_t>(to_ms(*since_), 0);
  }
  return out;
}

std::string Place::read(const json::object& reply) {
  const std::string_view status = text_member(reply, "status");
  if (const auto id = id_from_hex(text_member(reply, "log"))) log_id_ = *id;
  if (!cursor_ && !since_) last_ = find_time(reply, "now_ms");
  if (status == "reset") return reset(reply);
  if (status != "gone") return "";
  const std::uint64_t lost_from = cursor_.value_or(0) + 1;
  cursor_ = count_member(reply, "next");
  anchor_.reset();
  return fmt::format("alerts {} to {} are not kept any more and were lost", lost_from, cursor_.value_or(0));
}

/// After a reset the numbers are meaningless, but the time is not.
std::string Place::reset(const json::object& reply) {
  anchor_.reset();
  known_ = 0;
  if (last_) since_ = *last_ - kResyncSlack;
  cursor_ = since_ ? std::nullopt : count_member(reply, "next");
  return "the log was restored or made anew; going on with what it holds since " +
         (since_ ? to_iso8601(*since_) : std::string("its beginning"));
}

void Place::finish(const json::object& reply) {
  if (!cursor_) {
    const auto next = count_member(reply, "next");
    cursor_ = next ? next : count_member(reply, channel_.empty() ? "head" : "channel_head");
  }
  if (text_member(reply, "status") == "ok") known_ = count_member(reply, "head").value_or(known_);
}

bool Place::deliver(const Header& alert) {
  cursor_ = number(alert);
  anchor_ = alert.id;
  last_ = from_ms(alert.time_ms);
  if (!recent_.insert(alert.id).second) return false;
  order_.push_back(alert.id);
  if (order_.size() > kRecent) {
    recent_.erase(order_.front());
    order_.pop_front();
  }
  return true;
}

}  // namespace pw::bus
