#pragma once
/// The "busy" reply to a LOG request that is refused for now.

#include "core/time.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pw::bus {

/// The JSON frame: status "busy" with `retry_ms` and `why`, and the request's `req` if it can be parsed.
std::string busy_reply(const std::vector<std::string>& request, Milliseconds retry, std::string_view why);

}  // namespace pw::bus
