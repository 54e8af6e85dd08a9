#include "core/text.hpp"
#include "source/kinds/exec/messages.hpp"
#include "source/kinds/exec/wanted_json.hpp"
#include "source/usable.hpp"
#include "text/date/date.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>

namespace pw::exec {
namespace {

namespace json = boost::json;

using Kind = Shape::Kind;

constexpr Shape kField{Kind::scalar, source::kMaxField};
constexpr Shape kText{Kind::scalar, source::kMaxText};
constexpr Shape kCursor{Kind::scalar, source::kMaxCursor};
constexpr Shape kWarning{Kind::scalar, 1000};
constexpr Shape kAuthors{Kind::list, source::kMaxAuthors, {}, &kField};
constexpr Shape kWarnings{Kind::list, source::kMaxWarnings, {}, &kWarning};

constexpr std::array<Member, 13> kItemMembers{{{"id", &kField},
                                               {"url", &kField},
                                               {"title", &kField},
                                               {"text", &kText},
                                               {"authors", &kAuthors},
                                               {"published", &kField},
                                               {"modified", &kField},
                                               {"language", &kField},
                                               {"site", &kField},
                                               {"section", &kField},
                                               {"image", &kField},
                                               {"partial", &kField},
                                               {"complete", &kField}}};
constexpr Shape kItem{Kind::object, 0, kItemMembers};
constexpr Shape kItems{Kind::list, kMaxItems, {}, &kItem};

constexpr Shape kHeaders{Kind::object, source::kMaxHeaders, {}, &kField};
constexpr std::array<Member, 3> kRequestMembers{{{"url", &kField}, {"tag", &kField}, {"headers", &kHeaders}}};
constexpr Shape kRequest{Kind::object, 0, kRequestMembers};
constexpr Shape kRequests{Kind::list, source::kMaxRequests, {}, &kRequest};

constexpr std::array<Member, 1> kPaceMembers{{{"at_least_s", &kField}}};
constexpr Shape kPace{Kind::object, 0, kPaceMembers};

constexpr std::array<Member, 12> kReplyMembers{{{"type", &kField},
                                                {"id", &kField},
                                                {"protocol", &kField},
                                                {"version", &kField},
                                                {"extracts", &kField},
                                                {"error", &kField},
                                                {"warnings", &kWarnings},
                                                {"items", &kItems},
                                                {"requests", &kRequests},
                                                {"cursor", &kCursor},
                                                {"pace", &kPace},
                                                {"article", &kItem}}};
constexpr Shape kReply{Kind::object, 0, kReplyMembers};

/// Thrown on invalid JSON structure deep inside a document; read_reply converts it to an Error.
struct Breach {
  std::string message;
};

template <class... Args>
[[noreturn]] void breach(fmt::format_string<Args...> format, Args&&... args) {
  throw Breach{fmt::format(format, std::forward<Args>(args)...)};
}

const json::value* member(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::string text(const json::object& object, std::string_view key) {
  const json::value* value = member(object, key);
  if (value == nullptr) return "";
  if (!value->is_string()) breach("\"{}\" must be a string", key);
  return std::string(value->get_string());
}

/// For text that has no meaning when truncated.
std::string whole_text(const json::object& object, std::string_view key, std::size_t most = source::kMaxField) {
  std::string out = text(object, key);
  if (out.size() > most) breach("\"{}\" is longer than {} bytes", key, most);
  return out;
}

std::int64_t integer(const json::object& object, std::string_view key, std::int64_t fallback) {
  const json::value* value = member(object, key);
  if (value == nullptr) return fallback;
  if (!value->is_int64()) breach("\"{}\" must be a whole number", key);
  return value->get_int64();
}

bool flag(const json::object& object, std::string_view key) {
  const json::value* value = member(object, key);
  if (value == nullptr) return false;
  if (!value->is_bool()) breach("\"{}\" must be true or false", key);
  return value->get_bool();
}

const json::array* list(const json::object& object, std::string_view key) {
  const json::value* value = member(object, key);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) breach("\"{}\" must be a list", key);
  return &value->get_array();
}

std::vector<std::string> texts(const json::object& object, std::string_view key) {
  std::vector<std::string> out;
  const json::array* values = list(object, key);
  if (values == nullptr) return out;
  for (const json::value& one : *values) {
    if (!one.is_string()) breach("\"{}\" must be a list of strings", key);
    out.emplace_back(one.get_string());
  }
  return out;
}

const json::object& object_in(const json::value& value, std::string_view what) {
  if (!value.is_object()) breach("{} must be an object", what);
  return value.get_object();
}

/// A date as written by the source, or in Unix seconds.
std::optional<StatedDate> date(const json::object& object, std::string_view key, Time now) {
  const json::value* value = member(object, key);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return text::parse_date(std::to_string(value->get_int64()), now);
  if (!value->is_string()) breach("\"{}\" must be a date string or Unix seconds", key);
  return text::parse_date(value->get_string(), now);
}

Article article(const json::object& in, Time now) {
  Article out;
  out.url = text(in, "url");
  out.title = text(in, "title");
  out.text = text(in, "text");
  out.authors = texts(in, "authors");
  out.published = date(in, "published", now);
  out.modified = date(in, "modified", now);
  out.language = ascii_lower(text(in, "language"));
  out.site = text(in, "site");
  out.section = text(in, "section");
  out.image = text(in, "image");
  out.partial = flag(in, "partial");
  out.method = "plugin";
  return out;
}

source::Item item(const json::object& in, Time now) {
  source::Item out;
  out.hints = article(in, now);
  out.id = text(in, "id");
  out.complete = flag(in, "complete");
  return out;
}

source::Request request(const json::object& in) {
  source::Request out;
  out.url = text(in, "url");
  if (!source::is_web_address(out.url))
    breach("the request \"{}\" is not an http or https URL", printable(out.url, 200));
  out.tag = whole_text(in, "tag");
  if (const json::value* headers = member(in, "headers")) {
    const json::object& all = object_in(*headers, "\"headers\"");
    if (all.size() > source::kMaxHeaders) breach("a request has more than {} headers", source::kMaxHeaders);
    for (const auto& one : all) {
      if (!one.value().is_string()) breach("the header \"{}\" must be a string", printable(one.key(), 100));
      if (one.value().get_string().size() > source::kMaxField) {
        breach("the header \"{}\" is longer than {} bytes", printable(one.key(), 100), source::kMaxField);
      }
      out.headers.emplace_back(one.key(), one.value().get_string());
    }
  }
  return out;
}

source::Pace pace(const json::object& in) {
  constexpr std::int64_t kDay = 24 * 3600;
  source::Pace out;
  out.at_least = std::chrono::seconds(std::clamp<std::int64_t>(integer(in, "at_least_s", 0), 0, kDay));
  return out;
}

void read_items(const json::array& items, Time now, source::Emitted& out) {
  if (items.size() > kMaxItems) breach("more than {} items", kMaxItems);
  for (const json::value& one : items) out.items.push_back(item(object_in(one, "an item"), now));
}

void read_requests(const json::array& requests, source::Emitted& out) {
  for (const json::value& one : requests) {
    if (out.requests.size() == source::kMaxRequests) {
      source::add_warning(out.warnings, fmt::format("only the first {} requests are kept", source::kMaxRequests));
      return;
    }
    out.requests.push_back(request(object_in(one, "a request")));
  }
}

source::Emitted emitted(const json::object& in, Time now) {
  source::Emitted out;
  for (std::string& warning : texts(in, "warnings")) source::add_warning(out.warnings, std::move(warning));
  if (const json::array* items = list(in, "items")) read_items(*items, now, out);
  source::settle(out);
  if (const json::array* requests = list(in, "requests")) read_requests(*requests, out);
  if (member(in, "cursor") != nullptr) out.cursor = whole_text(in, "cursor", source::kMaxCursor);
  if (const json::value* value = member(in, "pace")) out.pace = pace(object_in(*value, "\"pace\""));
  return out;
}

Reply reply(const json::object& in, Time now) {
  Reply out;
  const std::string type = text(in, "type");
  if (type == "ready") {
    out.kind = Reply::Kind::ready;
    out.ready.protocol = static_cast<int>(std::clamp<std::int64_t>(integer(in, "protocol", 0), 0, 1000));
    out.ready.version = text(in, "version");
    out.ready.extracts = flag(in, "extracts");
    return out;
  }
  const std::int64_t id = integer(in, "id", 0);
  if (id <= 0) breach("the \"id\" of the call is missing");
  out.id = static_cast<std::uint64_t>(id);
  if (type == "error") {
    out.kind = Reply::Kind::error;
    out.error = text(in, "error");
    return out;
  }
  if (type != "emit" && type != "result") breach("the type \"{}\" is unknown", printable(type, 100));
  out.kind = type == "emit" ? Reply::Kind::emit : Reply::Kind::result;
  out.emitted = emitted(in, now);
  if (const json::value* value = member(in, "article")) out.article = article(object_in(*value, "\"article\""), now);
  return out;
}

}  // namespace

Result<Reply> read_reply(std::string_view line, Time now) {
  if (line.size() > kMaxLine) return fail(Errc::too_large, "a line of more than {} bytes", kMaxLine);
  if (!is_valid_utf8(line)) return fail(Errc::plugin, "a line that is not UTF-8: {}", printable(line, 100));
  const auto document = read_wanted(line, kReply, kMaxDepth);
  if (!document) return fail(Errc::plugin, "a malformed line: {}", document.error().message);
  if (!document->is_object()) return fail(Errc::plugin, "a line that is not a JSON object: {}", printable(line, 100));
  try {
    return reply(document->get_object(), now);
  } catch (const Breach& found) {
    return fail(Errc::plugin, "a line that violates the protocol: {}: {}", found.message, printable(line, 100));
  }
}

}  // namespace pw::exec
