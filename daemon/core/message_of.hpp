#pragma once
/// The message of an exception for people. Any thread.

#include <exception>
#include <string>

namespace pw {

/// what(), but without the place in a library's source that Boost adds to its own errors. Text from outside is made
/// printable.
std::string message_of(const std::exception& error);

}  // namespace pw
