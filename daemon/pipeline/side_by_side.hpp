#pragma once
/// Runs tasks concurrently in lanes; the tasks of one lane run one after the other.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace pw::pipeline {

/// Numbers of tasks, in the order in which they start.
using Lane = std::vector<std::size_t>;

/// Distributes tasks over lanes: those with the same name (the host of their page) over `width` lanes, those without a
/// name over `free` lanes.
std::vector<Lane> to_lanes(const std::vector<std::string>& names, std::size_t width, std::size_t free);

/// Calls `work(number)` for each task, with at most `most` lanes at a time. Returns when all tasks have ended, even if
/// cancelled; then rethrows the first exception thrown by a task. Loop thread only.
boost::asio::awaitable<void> run_side_by_side(boost::asio::any_io_executor loop, std::vector<Lane> lanes,
                                              std::size_t most,
                                              std::function<boost::asio::awaitable<void>(std::size_t)> work);

}  // namespace pw::pipeline
