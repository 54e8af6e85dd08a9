#pragma once
/// Messages of errors for people. Any thread.

#include <exception>
#include <string>

namespace pw {

/// what(), but without the place in a library's source that Boost adds to its own errors. Text from outside is made
/// printable.
std::string message_of(const std::exception& error);

/// The system's message for a value of errno.
std::string message_of_errno(int error);

}  // namespace pw
