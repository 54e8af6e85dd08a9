#include "extract/fields/linked_graph.hpp"

#include "core/json/lenient_json.hpp"
#include "extract/page.hpp"

#include <utility>

namespace pw::extract {

namespace json = boost::json;

namespace {

constexpr std::size_t kMaxValues = 20'000;

const json::value* id_of(const json::object& object) {
  const json::value* id = object.if_contains("@id");
  return id != nullptr && id->is_string() ? id : nullptr;
}

}  // namespace

LinkedGraph::LinkedGraph(const html::Document& document) {
  for (const std::string_view script : document.json_ld()) {
    for (json::value& value : parse_lenient_json(script)) roots_.push_back(std::move(value));
  }
}

void LinkedGraph::index(const json::value& root) {
  std::vector<const json::value*> open{&root};
  for (std::size_t seen = 0; !open.empty() && seen < kMaxValues; ++seen) {
    const json::value* value = open.back();
    open.pop_back();
    if (value->is_array()) {
      for (const json::value& one : value->get_array()) open.push_back(&one);
    } else if (value->is_object()) {
      const json::object& object = value->get_object();
      const json::value* id = id_of(object);
      if (id != nullptr && object.size() > 1) nodes_.emplace(std::string_view(id->get_string()), value);
      for (const auto& member : object) open.push_back(&member.value());
    }
  }
}

const json::value* LinkedGraph::resolved(const json::value* value) {
  if (value == nullptr || !value->is_object()) return value;
  const json::object& object = value->get_object();
  const json::value* id = object.size() == 1 ? id_of(object) : nullptr;
  if (id == nullptr) return value;
  if (!std::exchange(indexed_, true)) {
    for (const json::value& root : roots_) index(root);
  }
  const auto node = nodes_.find(std::string_view(id->get_string()));
  return node == nodes_.end() ? nullptr : node->second;
}

}  // namespace pw::extract
