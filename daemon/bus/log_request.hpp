#pragma once
/// A parsed and validated LOG request (proto/BUS.md, section 4).

#include "core/id.hpp"
#include "core/time.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace pw::bus {

inline constexpr std::size_t kMaxAlertsOfPage = 500;

struct LogRequest {
  boost::json::value req;  ///< echoed; null if absent or unreadable
  std::string op;
  std::optional<Id> log;
  std::optional<std::string> channel;
  std::optional<std::uint64_t> after;
  std::optional<Id> anchor;
  std::optional<Time> since;
  std::size_t max = kMaxAlertsOfPage;
  Milliseconds wait{0};

  std::string why;  ///< the first error; empty if none
};

/// Unknown keys are ignored. A known key with a wrong type, form or range is an error: ignoring it would change the
/// meaning of the request.
LogRequest read_log_request(const boost::json::object& in);

}  // namespace pw::bus
