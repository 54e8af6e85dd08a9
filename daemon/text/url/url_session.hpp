#pragma once
/// Session ids and cache busters in addresses: what a server or a script adds to a URL without choosing another page.

#include <string>
#include <string_view>

namespace pw::text {

/// True for a query or path parameter, "name=value", that holds a session id or only keeps caches from answering:
/// "PHPSESSID=…" and its like whatever the value, "sid=…" and other names that also choose articles only where the
/// value looks like a session id, "_=1794437550000".
bool is_session_parameter(std::string_view parameter);

/// A path without session ids: parameters behind a semicolon (";jsessionid=…") and segments that ASP.NET adds
/// ("/(S(…))/").
std::string without_session_path(std::string_view path);

}  // namespace pw::text
