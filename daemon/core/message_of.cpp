#include "core/message_of.hpp"

#include "core/text.hpp"

#include <boost/system/system_error.hpp>

#include <system_error>

namespace pw {

std::string message_of(const std::exception& error) {
  constexpr std::size_t kMostShown = 4000;
  const auto* system = dynamic_cast<const boost::system::system_error*>(&error);
  return printable(system != nullptr ? system->code().message() : error.what(), kMostShown);
}

std::string message_of_errno(int error) { return std::generic_category().message(error); }

}  // namespace pw
