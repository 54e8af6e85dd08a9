#include "pipeline/side_by_side.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <exception>
#include <map>
#include <memory>
#include <utility>

namespace pw::pipeline {
namespace {

namespace asio = boost::asio;

/// The remaining lanes, taken by the workers one after the other.
struct Queue {
  std::vector<Lane> lanes;
  std::function<asio::awaitable<void>(std::size_t)> work;
  std::size_t next = 0;
  std::exception_ptr failed;
};

/// An exception ends its task only; the lane continues.
asio::awaitable<void> run_one(const std::shared_ptr<Queue>& queue, std::size_t number) {
  try {
    co_await queue->work(number);
  } catch (...) {
    if (!queue->failed) queue->failed = std::current_exception();
  }
}

asio::awaitable<void> serve(std::shared_ptr<Queue> queue) {
  while (queue->next < queue->lanes.size()) {
    const Lane lane = std::move(queue->lanes[queue->next++]);
    for (const std::size_t number : lane) co_await run_one(queue, number);
  }
}

}  // namespace

std::vector<Lane> to_lanes(const std::vector<std::string>& names, std::size_t width, std::size_t free) {
  std::map<std::string_view, std::pair<std::size_t, std::size_t>> first;  // by name: its first lane and number of lanes
  std::vector<Lane> lanes;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::size_t most = std::max<std::size_t>(names[i].empty() ? free : width, 1);
    const auto [known, added] = first.emplace(names[i], std::pair{lanes.size(), std::size_t{0}});
    auto& [begin, count] = known->second;
    if (added) lanes.resize(lanes.size() + most);
    lanes[begin + count++ % most].push_back(i);
  }
  std::erase_if(lanes, [](const Lane& lane) { return lane.empty(); });
  return lanes;
}

asio::awaitable<void> run_side_by_side(asio::any_io_executor loop, std::vector<Lane> lanes, std::size_t most,
                                       std::function<asio::awaitable<void>(std::size_t)> work) {
  const std::size_t workers = std::min(most, lanes.size());
  if (workers == 0) co_return;
  const auto queue = std::make_shared<Queue>();
  queue->lanes = std::move(lanes);
  queue->work = std::move(work);
  using Served = decltype(asio::co_spawn(loop, serve(queue), asio::deferred));
  std::vector<Served> all;
  for (std::size_t i = 0; i < workers; ++i) {
    all.push_back(asio::co_spawn(loop, serve(queue), asio::deferred));
  }
  auto group = asio::experimental::make_parallel_group(std::move(all));
  co_await group.async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
  if (queue->failed) std::rethrow_exception(queue->failed);
}

}  // namespace pw::pipeline
