#include "core/json/json_member.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

namespace pw {

namespace json = boost::json;

std::string_view text_member(const json::object& object, std::string_view key, std::string_view otherwise) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : otherwise;
}

std::optional<std::uint64_t> count_member(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr) return std::nullopt;
  boost::system::error_code error;
  const auto out = value->to_number<std::uint64_t>(error);
  return error ? std::nullopt : std::optional(out);
}

const json::object* object_member(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_object();
}

const json::array* array_member(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_array();
}

}  // namespace pw
