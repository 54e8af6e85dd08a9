#include "runtime/retirement.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace pw::runtime {
namespace {

using Values = std::vector<std::shared_ptr<const void>>;

constexpr std::chrono::milliseconds kLookEvery{500};

/// Moves the values without other owners out of `values`.
Values take_unused(Values& values) {
  const auto unused = std::partition(values.begin(), values.end(), [](const auto& one) { return one.use_count() > 1; });
  Values out(std::make_move_iterator(unused), std::make_move_iterator(values.end()));
  values.erase(unused, values.end());
  return out;
}

}  // namespace

void Retirement::add(Values values) {
  std::erase(values, nullptr);
  if (values.empty()) return;
  auto task = retire(std::move(values));
  tasks_.spawn(std::move(task), "retirement");
}

boost::asio::awaitable<void> Retirement::retire(Values values) {
  boost::asio::steady_timer timer(loop_);
  while (true) {
    // One value may own another, which is then looked at again.
    auto destroy = [unused = take_unused(values)]() mutable { unused.clear(); };
    co_await pool_.run(std::move(destroy));
    if (values.empty()) co_return;
    timer.expires_after(kLookEvery);
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

boost::asio::awaitable<void> Retirement::stop() {
  tasks_.cancel();
  co_await tasks_.wait();
}

}  // namespace pw::runtime
