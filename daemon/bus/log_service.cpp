#include "bus/log_service.hpp"

#include "bus/alert_json.hpp"
#include "bus/frame.hpp"
#include "bus/log_request.hpp"
#include "core/text.hpp"

#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <optional>
#include <string_view>

namespace pw::bus {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxRequest = 4096;
constexpr int kRetryMs = 1000;
constexpr std::size_t kMaxBytes = std::size_t{1} << 20U;

Reply plain(const json::value& req, std::string_view status, std::string_view why) {
  const json::object out{{"req", req}, {"status", status}, {"why", why}};
  return {{json::serialize(out)}, false, Milliseconds{0}};
}

/// The reply when the log could not be read.
Reply busy(const json::value& req, const Error& error) {
  const json::object out{{"req", req}, {"status", "busy"}, {"retry_ms", kRetryMs}, {"why", error.message}};
  return {{json::serialize(out)}, false, Milliseconds{0}};
}

/// The common members of all replies about the log.
json::object opening(const LogRequest& request, std::string_view status, const LogHead& head, Time now) {
  return {{"req", request.req},  {"status", status},  {"log", to_hex(head.log_id)},
          {"first", head.first}, {"head", head.head}, {"now_ms", to_ms(now)}};
}

void add_channel(json::object& out, const LogSpan& span) {
  out["channel_first"] = span.first;
  out["channel_head"] = span.head;
}

Reply head_reply(LogSource& log, const RecentHeads& heads, const LogRequest& request, Time now) {
  const auto head = log.head();
  if (!head) return busy(request.req, head.error());
  json::object out = opening(request, "ok", *head, now);
  if (request.channel) {
    const auto span = log.channel_span(*request.channel);
    if (!span) return busy(request.req, span.error());
    add_channel(out, *span);
  } else {
    heads.write(out);
  }
  out["proto"] = json::array{1};
  return {{json::serialize(out)}, false, Milliseconds{0}};
}

Reply health_reply(const LogRequest& request, const HealthBoard& health) {
  bool complete = true;
  const std::string list = health.list(kMaxBytes, complete);
  const json::object out{
      {"req", request.req}, {"status", "ok"}, {"complete", complete}, {"sources", json::parse(list)}};
  return {{json::serialize(out)}, false, Milliseconds{0}};
}

/// True when the client's position belongs to another log, or to this one before it was truncated.
bool is_reset(const LogRequest& request, const LogPage& page) {
  if (request.log && *request.log != page.log.log_id) return true;
  const std::uint64_t after = request.after.value_or(0);
  if (after > page.span.head) return true;
  // Deleted alerts cannot be compared.
  return request.anchor && after >= page.span.first && page.id_at_after != request.anchor;
}

/// True when alerts after the client's position were deleted. Number 0 is a position only if the client names the log;
/// otherwise it means the oldest alert kept.
bool is_gone(const LogRequest& request, const LogPage& page) {
  if (!request.after || (*request.after == 0 && !request.log)) return false;
  return *request.after + 1 < page.span.first;
}

Reply replay(LogSource& log, const LogRequest& request, Time now) {
  const std::uint64_t after = request.after.value_or(0);
  const auto since = request.after ? std::nullopt : request.since;
  const auto page = log.page(request.channel, after, since, request.max, kMaxBytes);
  if (!page) return busy(request.req, page.error());
  const bool reset = is_reset(request, *page);
  const bool lost = reset || is_gone(request, *page);
  json::object out = opening(request, page->more ? "more" : "ok", page->log, now);
  if (request.channel) add_channel(out, page->span);
  const auto number = [&](const StoredAlert& alert) { return request.channel ? alert.cseq : alert.seq; };
  if (lost) {
    out["status"] = reset ? "reset" : "gone";
    out["n"] = 0;
    out["next"] = page->span.first - 1;
    return {{json::serialize(out)}, false, Milliseconds{0}};
  }
  out["n"] = page->alerts.size();
  out["next"] = page->alerts.empty() ? page->span.head : number(page->alerts.back());
  Reply reply{{json::serialize(out)}, page->alerts.empty(), request.wait};
  for (const StoredAlert& alert : page->alerts) {
    reply.frames.push_back(encode(header_of(alert, page->log.log_id)));
    reply.frames.push_back(complete_body(alert.body, alert.time, now));
  }
  return reply;
}

}  // namespace

Reply answer(LogSource& log, const HealthBoard& health, const RecentHeads& heads,
             const std::vector<std::string>& frames, Time now) {
  if (frames.size() != 2 || frames[0] != "PWQ1") return plain(nullptr, "bad", "two frames are wanted: PWQ1 and JSON");
  if (frames[1].size() > kMaxRequest) return plain(nullptr, "bad", "the request is over 4096 bytes");
  boost::system::error_code error;
  const json::value value = json::parse(frames[1], error);
  if (error || !value.is_object()) return plain(nullptr, "bad", "the request is not a JSON object");
  const LogRequest request = read_log_request(value.get_object());
  if (!request.why.empty()) return plain(request.req, "bad", request.why);
  if (request.op == "head") return head_reply(log, heads, request, now);
  if (request.op == "health") return health_reply(request, health);
  if (request.op == "replay") return replay(log, request, now);
  return plain(request.req, "bad",
               fmt::format("there is no op \"{}\": head, health or replay", printable(request.op, 40)));
}

}  // namespace pw::bus
