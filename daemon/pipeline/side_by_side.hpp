#pragma once
/// Runs pieces of work side by side, those of one lane one after the other.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace pw::pipeline {

/// Numbers of pieces of work, in the order in which they are to be begun.
using Lane = std::vector<std::size_t>;

/// Pieces of work by lane: those with the same name (the host whose page they need) go one after the other, in `width`
/// lanes; those without a name in `free` lanes.
std::vector<Lane> to_lanes(const std::vector<std::string>& names, std::size_t width, std::size_t free);

/// Calls `work(number)` for each, at most `most` lanes at a time; ends when all have ended, also when it is cancelled.
/// Throws the first exception that a piece of work threw, after all have ended. Loop thread only.
boost::asio::awaitable<void> run_side_by_side(boost::asio::any_io_executor loop, std::vector<Lane> lanes,
                                              std::size_t most,
                                              std::function<boost::asio::awaitable<void>(std::size_t)> work);

}  // namespace pw::pipeline
