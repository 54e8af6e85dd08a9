#pragma once
/// The reply to a LOG request that is not dealt with now.

#include "core/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::bus {

/// The JSON frame: status "busy" with `retry_ms` and `why`, and the `req` of the request where that can be read.
std::string busy_reply(const std::vector<std::string>& request, Milliseconds retry, std::string_view why);

}  // namespace pw::bus
