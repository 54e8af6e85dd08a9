#pragma once
/// Serialises what a source emits to JSON, with the member names of proto/PLUGIN_EXEC.md. Pure; any thread. Malformed
/// UTF-8 becomes U+FFFD; members without a value are omitted.

#include "source/plugin.hpp"

#include <boost/json/object.hpp>

#include <span>
#include <string>
#include <string_view>

namespace pw::exec {

/// How dates are written.
enum class DateForm {
  written,  ///< as in the source, if known, so that the date is parsed only once
  utc,      ///< ISO 8601 in UTC, for people and for comparison
};

boost::json::string json_text(std::string_view bytes);
boost::json::array json_texts(std::span<const std::string> list);

boost::json::object to_json(const Article& article, DateForm dates);
boost::json::object to_json(const source::Item& item, DateForm dates);
boost::json::object to_json(const source::Request& request);

}  // namespace pw::exec
