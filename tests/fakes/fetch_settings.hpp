#pragma once
/// Settings that allow fetching from the fake server, without delays.

#include "fetch/fetch_types.hpp"

namespace pw::test {

inline fetch::FetchSettings loopback_settings() {
  fetch::FetchSettings out;
  out.user_agent = "presswatch/test (+https://example.org/contact)";
  out.allow_addresses = {"127.0.0.0/8"};
  out.max_body = std::size_t{8} << 20U;
  out.connect_timeout = Milliseconds{10'000};
  out.total_timeout = Milliseconds{30'000};
  out.max_per_host = 1;
  out.max_total = 64;
  out.robots = false;
  return out;
}

}  // namespace pw::test
