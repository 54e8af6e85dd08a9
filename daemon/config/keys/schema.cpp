#include "config/keys/reference.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <utility>

namespace pw::config {
namespace {

namespace json = boost::json;
using Shape = TableReference::Shape;

/// Adds the keys to a table's properties, and the mandatory ones to its required list.
void add_keys(std::span<const KeyReference> keys, json::object& table) {
  json::object& properties = table["properties"].as_object();
  json::array required;
  json::array one_of;
  if (const auto* known = table.if_contains("required")) required = known->as_array();
  for (const KeyReference& key : keys) {
    properties[key.name] = key.schema;
    if (key.need == Need::required || key.need == Need::checked) required.emplace_back(key.name);
    if (key.need == Need::one_of) one_of.push_back(json::object{{"required", json::array{key.name}}});
  }
  if (!required.empty()) table["required"] = std::move(required);
  if (!one_of.empty()) table["oneOf"] = std::move(one_of);
}

json::object closed_table(std::span<const KeyReference> keys, bool open) {
  json::object out{{"type", "object"}, {"additionalProperties", open}, {"properties", json::object{}}};
  add_keys(keys, out);
  return out;
}

/// One alternative per variant, plus one for all values that are not known here.
json::object with_variants(const TableReference& table) {
  json::array alternatives;
  json::array known;
  for (const VariantReference& one : table.variants) {
    json::object closed = closed_table(table.keys, false);
    add_keys(one.keys, closed);
    closed["properties"].as_object()[one.key].as_object()["const"] = one.value;
    closed["title"] = one.value;
    alternatives.push_back(std::move(closed));
    known.emplace_back(one.value);
  }
  json::object other = closed_table(table.keys, true);
  other["properties"].as_object()[table.variants.front().key].as_object()["not"] =
      json::object{{"enum", std::move(known)}};
  alternatives.push_back(std::move(other));
  return {{"anyOf", std::move(alternatives)}};
}

json::object table_schema(const TableReference& table) {
  json::object out = table.variants.empty() ? closed_table(table.keys, table.open) : with_variants(table);
  if (table.shape == Shape::list) out = json::object{{"type", "array"}, {"items", std::move(out)}};
  if (table.shape == Shape::map) out = json::object{{"type", "object"}, {"additionalProperties", std::move(out)}};
  out["description"] = table.help;
  return out;
}

}  // namespace

std::string schema(const FileReference& file) {
  json::object out{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                   {"title", file.name},
                   {"type", "object"},
                   {"additionalProperties", false},
                   {"properties", json::object{}}};
  for (const TableReference& table : file.tables) {
    if (table.shape == Shape::root) {
      add_keys(table.keys, out);
    } else {
      out["properties"].as_object()[table.name] = table_schema(table);
    }
  }
  return json::serialize(out) + '\n';
}

}  // namespace pw::config
