#include "core/text.hpp"
#include "exec/messages.hpp"
#include "host/plugin_lines.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace pw::host {
namespace {

namespace json = boost::json;

constexpr std::size_t kLine = std::size_t{1} << 20U;

json::string text(std::string_view bytes) { return json::string(to_valid_utf8(bytes)); }

void put(json::object& out, std::string_view key, std::string_view value) {
  if (!value.empty()) out[key] = text(value);
}

/// What was written, where that is known, so that it is read but once and by one reader.
void put(json::object& out, std::string_view key, const std::optional<StatedDate>& date) {
  if (!date) return;
  std::string written = date->raw;
  if (written.empty()) written = to_iso8601(date->time, date->zone);
  if (!date->has_time && date->raw.empty()) written.resize(written.find('T'));
  out[key] = text(written);
}

json::array texts(std::span<const std::string> list) {
  json::array out;
  for (const std::string& one : list) out.emplace_back(text(one));
  return out;
}

json::object object_of(const Article& article) {
  json::object out;
  put(out, "url", article.url);
  put(out, "title", article.title);
  put(out, "text", article.text);
  if (!article.authors.empty()) out["authors"] = texts(article.authors);
  put(out, "published", article.published);
  put(out, "modified", article.modified);
  put(out, "language", article.language);
  put(out, "site", article.site);
  put(out, "section", article.section);
  put(out, "image", article.image);
  if (article.partial) out["partial"] = true;
  return out;
}

json::object object_of(const source::Item& item) {
  json::object out = object_of(item.hints);
  put(out, "id", item.id);
  if (item.complete) out["complete"] = true;
  return out;
}

json::object object_of(const source::Request& request) {
  json::object out{{"url", text(request.url)}};
  put(out, "tag", request.tag);
  json::object headers;
  for (const auto& [name, value] : request.headers) headers[name] = text(value);
  if (!headers.empty()) out["headers"] = std::move(headers);
  return out;
}

json::object begin(std::string_view type, std::uint64_t id) { return {{"type", type}, {"id", id}}; }

std::string line_of(const json::object& message) { return json::serialize(message) + '\n'; }

/// Emit lines with as many items as fit; those of the last line are left in `items`.
std::string emit_lines(std::uint64_t id, std::span<const source::Item> all, json::array& items) {
  std::string out;
  std::size_t bytes = 0;
  for (const source::Item& item : all) {
    if (bytes >= kLine) {
      json::object line = begin("emit", id);
      line["items"] = std::exchange(items, {});
      out += line_of(line);
      bytes = 0;
    }
    bytes += item.hints.text.size() + item.hints.title.size();
    items.push_back(object_of(item));
  }
  return out;
}

}  // namespace

std::string ready_line(std::string_view version, bool extracts) {
  return line_of(
      {{"type", "ready"}, {"protocol", exec::kProtocol}, {"version", text(version)}, {"extracts", extracts}});
}

std::string answer_lines(std::uint64_t id, const source::Emitted& emitted) {
  json::array items;
  std::string out = emit_lines(id, emitted.items, items);
  json::object result = begin("result", id);
  if (!items.empty()) result["items"] = std::move(items);
  json::array requests;
  for (const source::Request& request : emitted.requests) requests.push_back(object_of(request));
  if (!requests.empty()) result["requests"] = std::move(requests);
  if (emitted.cursor) result["cursor"] = text(*emitted.cursor);
  if (emitted.pace.at_least.count() > 0) {
    result["pace"] = {{"at_least_s", std::chrono::ceil<std::chrono::seconds>(emitted.pace.at_least).count()}};
  }
  if (!emitted.warnings.empty()) result["warnings"] = texts(emitted.warnings);
  return out + line_of(result);
}

std::string article_line(std::uint64_t id, const std::optional<Article>& article) {
  json::object result = begin("result", id);
  if (article) result["article"] = object_of(*article);
  return line_of(result);
}

std::string error_line(std::uint64_t id, std::string_view message) {
  json::object out = begin("error", id);
  out["error"] = text(message);
  return line_of(out);
}

}  // namespace pw::host
