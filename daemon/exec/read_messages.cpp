#include "core/text.hpp"
#include "exec/messages.hpp"
#include "parse/date.hpp"
#include "parse/json_field.hpp"
#include "source/usable.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace pw::exec {
namespace {

namespace json = boost::json;

/// Broken JSON shapes are found deep inside; what read_reply returns is made of this.
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

/// As a source writes it, or Unix seconds.
std::optional<StatedDate> date(const json::object& object, std::string_view key, Time now) {
  const json::value* value = member(object, key);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return parse::parse_date(std::to_string(value->get_int64()), now);
  if (!value->is_string()) breach("\"{}\" must be a date as text, or Unix seconds", key);
  return parse::parse_date(value->get_string(), now);
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
    breach("the request \"{}\" is no http or https address", printable(out.url, 200));
  out.tag = text(in, "tag");
  if (const json::value* headers = member(in, "headers")) {
    for (const auto& one : object_in(*headers, "\"headers\"")) {
      if (!one.value().is_string()) breach("the header \"{}\" must be a string", printable(one.key(), 100));
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

source::Emitted emitted(const json::object& in, Time now) {
  source::Emitted out;
  out.warnings = texts(in, "warnings");
  if (const json::array* items = list(in, "items")) {
    for (std::size_t i = 0; i < items->size(); ++i) {
      source::Item one = item(object_in((*items)[i], "an item"), now);
      const std::string fault = source::make_usable(one);
      if (fault.empty()) {
        out.items.push_back(std::move(one));
      } else {
        out.warnings.push_back(fmt::format("item {} was left out: {}", i + 1, fault));
      }
    }
  }
  if (const json::array* requests = list(in, "requests")) {
    for (const json::value& one : *requests) out.requests.push_back(request(object_in(one, "a request")));
  }
  if (member(in, "cursor") != nullptr) out.cursor = text(in, "cursor");
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
  if (id <= 0) breach("\"id\" of the call is missing");
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
  const auto document = parse::parse_json(line, kMaxDepth);
  if (!document) return fail(Errc::plugin, "a line that cannot be read: {}", document.error().message);
  if (!document->is_object()) return fail(Errc::plugin, "a line that is no JSON object: {}", printable(line, 100));
  try {
    return reply(document->get_object(), now);
  } catch (const Breach& found) {
    return fail(Errc::plugin, "a line that breaks the protocol: {}: {}", found.message, printable(line, 100));
  }
}

}  // namespace pw::exec
