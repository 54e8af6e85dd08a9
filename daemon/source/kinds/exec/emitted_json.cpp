#include "source/kinds/exec/emitted_json.hpp"

#include "core/text.hpp"

#include <boost/json/array.hpp>

#include <utility>

namespace pw::exec {
namespace {

namespace json = boost::json;

void put(json::object& out, std::string_view key, std::string_view value) {
  if (!value.empty()) out[key] = json_text(value);
}

void put(json::object& out, std::string_view key, const std::optional<StatedDate>& date, DateForm form) {
  if (!date) return;
  if (form == DateForm::utc) {
    out[key] = to_iso8601(date->time);
    return;
  }
  std::string written = date->raw;
  if (written.empty()) written = to_iso8601(date->time, date->zone);
  if (!date->has_time && date->raw.empty()) written.resize(written.find('T'));
  out[key] = json_text(written);
}

}  // namespace

json::string json_text(std::string_view bytes) { return json::string(to_valid_utf8(bytes)); }

json::array json_texts(std::span<const std::string> list) {
  json::array out;
  for (const std::string& one : list) out.emplace_back(json_text(one));
  return out;
}

json::object to_json(const Article& article, DateForm dates) {
  json::object out;
  put(out, "url", article.url);
  put(out, "title", article.title);
  put(out, "text", article.text);
  if (!article.authors.empty()) out["authors"] = json_texts(article.authors);
  put(out, "published", article.published, dates);
  put(out, "modified", article.modified, dates);
  put(out, "language", article.language);
  put(out, "site", article.site);
  put(out, "section", article.section);
  put(out, "image", article.image);
  if (article.partial) out["partial"] = true;
  return out;
}

json::object to_json(const source::Item& item, DateForm dates) {
  json::object out{{"id", json_text(item.id)}};
  for (auto& member : to_json(item.hints, dates)) out.emplace(member.key(), std::move(member.value()));
  if (item.complete) out["complete"] = true;
  return out;
}

json::object to_json(const source::Request& request) {
  json::object out{{"url", json_text(request.url)}};
  put(out, "tag", request.tag);
  json::object headers;
  for (const auto& [name, value] : request.headers) headers[name] = json_text(value);
  if (!headers.empty()) out["headers"] = std::move(headers);
  return out;
}

}  // namespace pw::exec
