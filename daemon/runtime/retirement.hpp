#pragma once
/// Destroys large values off the loop.

#include "runtime/pool.hpp"
#include "runtime/spawn.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include <memory>
#include <vector>

namespace pw::runtime {

/// Keeps values that were replaced until nobody else uses them, and then destroys them on the pool, which must accept
/// work until stop() has completed. Loop thread only.
class Retirement {
 public:
  Retirement(boost::asio::any_io_executor loop, Pool& pool) : loop_(loop), pool_(pool), tasks_(std::move(loop)) {}

  /// The values may be shared, but no new owners may appear, except copies of those that exist.
  void add(std::vector<std::shared_ptr<const void>> values);

  /// Lets go of the values that are still in use.
  boost::asio::awaitable<void> stop();

  /// The number of add() calls with values left.
  [[nodiscard]] std::size_t size() const noexcept { return tasks_.size(); }

 private:
  boost::asio::awaitable<void> retire(std::vector<std::shared_ptr<const void>> values);

  boost::asio::any_io_executor loop_;
  Pool& pool_;
  TaskGroup tasks_;
};

}  // namespace pw::runtime
