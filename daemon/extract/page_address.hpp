#pragma once
/// What the final URL of a redirect says about a page. Private to extract/.

#include <string_view>

namespace pw::extract {

struct AddressChange {
  bool to_consent = false;
  bool to_robot_check = false;
  bool to_not_found = false;
  bool to_login = false;
  bool to_front_page = false;

  [[nodiscard]] bool any() const { return to_consent || to_robot_check || to_not_found || to_login || to_front_page; }
};

/// Compares the requested URL with the final one. All members are false if both belong to the same article. Pure; any
/// thread.
AddressChange compare_addresses(std::string_view asked_url, std::string_view final_url);

}  // namespace pw::extract
