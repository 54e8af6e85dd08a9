#pragma once
/// Members of a JSON object that came from outside. One that is missing and one of another type are the same: not
/// there.

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace pw {

/// A string, which lives as long as `object`; `otherwise` if there is none.
std::string_view text_member(const boost::json::object& object, std::string_view key, std::string_view otherwise = {});

/// A whole number that is not negative.
std::optional<std::uint64_t> count_member(const boost::json::object& object, std::string_view key);

/// Null if there is none.
const boost::json::object* object_member(const boost::json::object& object, std::string_view key);
const boost::json::array* array_member(const boost::json::object& object, std::string_view key);

}  // namespace pw
