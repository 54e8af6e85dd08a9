#include "source/kinds/exec/emitted_json.hpp"
#include "source/kinds/exec/messages.hpp"
#include "source/plugin_host/plugin_lines.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace pw::plugin_host {
namespace {

namespace json = boost::json;

constexpr std::size_t kLine = std::size_t{1} << 20U;

json::object begin(std::string_view type, std::uint64_t id) { return {{"type", type}, {"id", id}}; }

std::string line_of(const json::object& message) { return json::serialize(message) + '\n'; }

/// Writes emit lines with as many items as fit. The items of the last line remain in `items`.
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
    items.push_back(exec::to_json(item, exec::DateForm::written));
  }
  return out;
}

}  // namespace

std::string ready_line(std::string_view version, bool extracts) {
  return line_of({{"type", "ready"},
                  {"protocol", exec::kProtocol},
                  {"version", exec::json_text(version)},
                  {"extracts", extracts}});
}

std::string answer_lines(std::uint64_t id, const source::Emitted& emitted) {
  json::array items;
  std::string out = emit_lines(id, emitted.items, items);
  json::object result = begin("result", id);
  if (!items.empty()) result["items"] = std::move(items);
  json::array requests;
  for (const source::Request& request : emitted.requests) requests.push_back(exec::to_json(request));
  if (!requests.empty()) result["requests"] = std::move(requests);
  if (emitted.cursor) result["cursor"] = exec::json_text(*emitted.cursor);
  if (emitted.pace.at_least.count() > 0) {
    result["pace"] = {{"at_least_s", std::chrono::ceil<std::chrono::seconds>(emitted.pace.at_least).count()}};
  }
  if (!emitted.warnings.empty()) result["warnings"] = exec::json_texts(emitted.warnings);
  return out + line_of(result);
}

std::string article_line(std::uint64_t id, const std::optional<Article>& article) {
  json::object result = begin("result", id);
  if (article) result["article"] = exec::to_json(*article, exec::DateForm::written);
  return line_of(result);
}

std::string error_line(std::uint64_t id, std::string_view message) {
  json::object out = begin("error", id);
  out["error"] = exec::json_text(message);
  return line_of(out);
}

}  // namespace pw::plugin_host
