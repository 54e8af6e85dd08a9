#pragma once
/// The disk that holds the database.

#include "runtime/pool.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstdint>
#include <filesystem>

namespace pw::app {

/// Bytes. All zero if they cannot be found out.
struct DiskFigures {
  std::uintmax_t free = 0;  ///< for this user
  std::uintmax_t size = 0;
  std::uintmax_t database = 0;
  std::uintmax_t wal = 0;  ///< the write-ahead log
};

/// Blocks on the file system.
DiskFigures read_disk(const std::filesystem::path& database);

/// Reads the figures every half minute on the pool, for those who must not block. Loop thread only; must outlive run().
class DiskWatch {
 public:
  /// Reads them at once.
  DiskWatch(const boost::asio::any_io_executor& loop, runtime::Pool& pool, std::filesystem::path database);

  /// Runs until stop().
  boost::asio::awaitable<void> run();
  void stop();

  [[nodiscard]] const DiskFigures& last() const { return last_; }

 private:
  runtime::Pool& pool_;
  const std::filesystem::path database_;
  boost::asio::steady_timer timer_;
  DiskFigures last_;
  bool stopped_ = false;
};

}  // namespace pw::app
