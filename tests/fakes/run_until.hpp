#pragma once
/// Runs an event loop in a test until something has happened.

#include <boost/asio/io_context.hpp>

#include <chrono>

namespace pw::test {

/// Runs the loop until `check` returns true; false if it does not within a minute.
template <class Check>
bool run_until(boost::asio::io_context& loop, const Check& check) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
  while (!check() && std::chrono::steady_clock::now() < end) {
    loop.restart();
    loop.run_for(std::chrono::milliseconds{5});
  }
  return check();
}

}  // namespace pw::test
