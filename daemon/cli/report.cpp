#include "cli/report.hpp"

#include "cli/commands.hpp"
#include "core/text.hpp"

#include <iostream>
#include <string>

namespace pw::cli {

int report(std::string_view message) {
  constexpr std::size_t kMostShown = 16384;
  std::string_view rest = utf8_prefix(message, kMostShown);
  std::string shown;
  for (bool more = true; more;) {
    const std::size_t end = rest.find('\n');
    shown += printable(rest.substr(0, end), kMostShown) + '\n';
    more = end != std::string_view::npos;
    if (more) rest.remove_prefix(end + 1);
  }
  std::cerr << "presswatch: " << shown;
  return kExitFailed;
}

}  // namespace pw::cli
