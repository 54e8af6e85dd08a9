#include "bus/log_service.hpp"

#include "bus/alert_json.hpp"
#include "bus/frame.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>

#include <algorithm>

namespace pw::bus {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxRequest = 4096;
constexpr std::size_t kMaxAlerts = 500;
constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;
constexpr std::int64_t kMaxWaitMs = 30'000;

struct Request {
  json::value req;  // echoed
  std::string op;
  std::optional<Id> log;
  std::optional<std::string> channel;
  std::optional<std::uint64_t> after;
  std::optional<Id> anchor;
  std::optional<Time> since;
  std::size_t max = kMaxAlerts;
  Milliseconds wait{0};
};

std::optional<std::int64_t> whole(const json::object& in, std::string_view key) {
  const json::value* value = in.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  boost::system::error_code error;
  const auto number = value->to_number<std::int64_t>(error);
  if (error || number < 0) return std::nullopt;
  return number;
}

std::optional<std::string> text(const json::object& in, std::string_view key) {
  const json::value* value = in.if_contains(key);
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return std::string(value->get_string());
}

Request read(const json::object& in) {
  Request out;
  const auto req = text(in, "req");
  if (req) out.req = json::string(utf8_prefix(*req, 64));
  out.op = text(in, "op").value_or("");
  if (const auto log = text(in, "log")) out.log = id_from_hex(*log).value_or(Id{});
  out.channel = text(in, "channel");
  if (const auto after = whole(in, "after")) out.after = static_cast<std::uint64_t>(*after);
  if (const auto anchor = text(in, "anchor")) out.anchor = id_from_hex(*anchor).value_or(Id{});
  if (const auto since = whole(in, "since_ms")) out.since = from_ms(*since);
  const auto max = static_cast<std::size_t>(whole(in, "max").value_or(kMaxAlerts));
  out.max = std::clamp<std::size_t>(max, 1, kMaxAlerts);
  out.wait = Milliseconds{std::min(whole(in, "wait_ms").value_or(0), kMaxWaitMs)};
  return out;
}

Reply plain(const json::value& req, std::string_view status, std::string_view why = "") {
  json::object out{{"req", req}, {"status", status}};
  if (!why.empty()) out["why"] = why;
  return {{json::serialize(out)}, false, Milliseconds{0}};
}

json::object heads_of(const LogHead& head) {
  json::object out;
  for (const auto& [channel, cseq] : head.heads) out[channel] = cseq;
  return out;
}

Reply head_reply(const Request& request, const LogHead& head) {
  json::object out{{"req", request.req}, {"status", "ok"},          {"log", to_hex(head.log_id)}, {"first", head.first},
                   {"head", head.head},  {"heads", heads_of(head)}, {"proto", json::array{1}}};
  return {{json::serialize(out)}, false, Milliseconds{0}};
}

Reply health_reply(const Request& request, const HealthBoard& health) {
  bool complete = true;
  const std::string list = health.list(kMaxBytes, complete);
  const json::object out{
      {"req", request.req}, {"status", "ok"}, {"complete", complete}, {"sources", json::parse(list)}};
  return {{json::serialize(out)}, false, Milliseconds{0}};
}

/// Has the log's front moved past the place, so that alerts behind it are lost to this client?
Result<bool> is_gone(LogSource& log, const Request& request, const LogHead& head) {
  if (!request.after || *request.after == 0) return false;
  if (!request.channel) return *request.after + 1 < head.first;
  const auto next = log.page(request.channel, *request.after, std::nullopt, 1, 1);
  if (!next) return next.error();
  return !next->alerts.empty() && next->alerts.front().cseq > *request.after + 1;
}

Result<bool> is_reset(LogSource& log, const Request& request, const LogHead& head) {
  if (request.log && *request.log != head.log_id) return true;
  if (!request.anchor || !request.after || *request.after == 0) return false;
  const auto kept = log.id_at(request.channel, *request.after);
  if (!kept) return kept.error();
  return *kept && **kept != *request.anchor;
}

Reply replay(LogSource& log, const Request& request, const LogHead& head, Time now) {
  json::object out{{"req", request.req}, {"log", to_hex(head.log_id)}, {"first", head.first}, {"head", head.head}};
  const auto reset = is_reset(log, request, head);
  const auto gone = is_gone(log, request, head);
  if (!reset || !gone) return plain(request.req, "busy", !reset ? reset.error().message : gone.error().message);
  if (*reset || *gone) {
    out["status"] = *reset ? "reset" : "gone";
    out["n"] = 0;
    out["next"] = *reset ? 0 : head.first - 1;
    return {{json::serialize(out)}, false, Milliseconds{0}};
  }
  const std::uint64_t after = request.after.value_or(0);
  const auto since = request.after ? std::nullopt : request.since;
  const auto page = log.page(request.channel, after, since, request.max, kMaxBytes);
  if (!page) return plain(request.req, "busy", page.error().message);
  const auto number = [&](const StoredAlert& alert) { return request.channel ? alert.cseq : alert.seq; };
  out["status"] = page->more ? "more" : "ok";
  out["n"] = page->alerts.size();
  out["next"] = page->alerts.empty() ? after : number(page->alerts.back());
  Reply reply{{json::serialize(out)}, page->alerts.empty(), request.wait};
  for (const StoredAlert& alert : page->alerts) {
    reply.frames.push_back(encode(header_of(alert, head.log_id)));
    reply.frames.push_back(complete_body(alert.body, alert.time, now));
  }
  return reply;
}

}  // namespace

Reply answer(LogSource& log, const HealthBoard& health, const std::vector<std::string>& frames, Time now) {
  if (frames.size() != 2 || frames[0] != "PWQ1") return plain(nullptr, "bad", "two frames are wanted: PWQ1 and JSON");
  if (frames[1].size() > kMaxRequest) return plain(nullptr, "bad", "the request is over 4096 bytes");
  boost::system::error_code error;
  const json::value value = json::parse(frames[1], error);
  if (error || !value.is_object()) return plain(nullptr, "bad", "the request is not a JSON object");
  const Request request = read(value.get_object());
  if (request.op == "health") return health_reply(request, health);
  if (request.op != "head" && request.op != "replay") return plain(request.req, "unsupported");
  const auto head = log.head();
  if (!head) return plain(request.req, "busy", head.error().message);
  return request.op == "head" ? head_reply(request, *head) : replay(log, request, *head, now);
}

}  // namespace pw::bus
