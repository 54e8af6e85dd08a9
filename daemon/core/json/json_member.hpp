#pragma once
/// Access to members of untrusted JSON objects. A member of the wrong type is treated as missing. Any thread.

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace pw {

/// The string, valid as long as `object`; `otherwise` if it is missing.
std::string_view text_member(const boost::json::object& object, std::string_view key, std::string_view otherwise = {});

/// A non-negative integer.
std::optional<std::uint64_t> count_member(const boost::json::object& object, std::string_view key);

/// nullptr if it is missing.
const boost::json::object* object_member(const boost::json::object& object, std::string_view key);
const boost::json::array* array_member(const boost::json::object& object, std::string_view key);

}  // namespace pw
