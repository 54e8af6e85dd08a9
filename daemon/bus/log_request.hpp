#pragma once
/// A LOG request as its JSON has it (proto/BUS.md, section 4), checked before anything is done with it.

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
  boost::json::value req;  ///< echoed; null when there was none that can be
  std::string op;
  std::optional<Id> log;
  std::optional<std::string> channel;
  std::optional<std::uint64_t> after;
  std::optional<Id> anchor;
  std::optional<Time> since;
  std::size_t max = kMaxAlertsOfPage;
  Milliseconds wait{0};

  std::string why;  ///< the first thing that is wrong with it; empty: nothing
};

/// Keys that are not known are passed over. One that is known and has another type, form or range than it should is
/// an error: taken as absent, it would make another request of it.
LogRequest read_log_request(const boost::json::object& in);

}  // namespace pw::bus
