#pragma once
/// application/x-www-form-urlencoded (URL Standard, section 5), as a hub's queries and our requests use it.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::websub {

/// The decoded value of the first field of this name, or "".
std::string form_field(std::string_view form, std::string_view name);

std::string to_form(const std::vector<std::pair<std::string, std::string>>& fields);

}  // namespace pw::websub
