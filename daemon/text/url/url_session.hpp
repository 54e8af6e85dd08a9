#pragma once
/// Session ids and cache busters in URLs: parts added by servers or scripts that do not change which page is addressed.

#include <string>
#include <string_view>

namespace pw::text {

/// True for a query or path parameter, "name=value", that holds a session id or only defeats caching
/// ("_=1794437550000"). Names such as "PHPSESSID" always count; ambiguous names such as "sid", which may also identify
/// an article, only if the value looks like a session id.
bool is_session_parameter(std::string_view parameter);

/// Removes session ids from a path: parameters after a semicolon (";jsessionid=…") and ASP.NET segments ("/(S(…))/").
std::string without_session_path(std::string_view path);

}  // namespace pw::text
