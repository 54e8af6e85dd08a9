#pragma once
/// What a source emits, as JSON with the names of proto/PLUGIN_EXEC.md. Pure; any thread. Bytes that are no UTF-8
/// become U+FFFD; members without a value are left out.

#include "source/plugin.hpp"

#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>

namespace pw::exec {

enum class DateForm {
  written,  ///< as it was written, where that is known, so that it is read but once and by one reader
  utc,      ///< ISO 8601 in UTC: for people, and to be compared
};

boost::json::string json_text(std::string_view bytes);
boost::json::array json_texts(std::span<const std::string> list);

boost::json::object to_json(const Article& article, DateForm dates);
boost::json::object to_json(const source::Item& item, DateForm dates);
boost::json::object to_json(const source::Request& request);

}  // namespace pw::exec
