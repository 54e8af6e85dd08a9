#include "app/disk.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <system_error>
#include <utility>

namespace pw::app {

namespace {

constexpr std::chrono::seconds kEvery{30};

std::uintmax_t size_of(const std::filesystem::path& file) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  return error ? 0 : size;
}

}  // namespace

DiskFigures read_disk(const std::filesystem::path& database) {
  DiskFigures out;
  std::error_code error;
  const auto space = std::filesystem::space(database.parent_path(), error);
  if (!error) {
    out.free = space.available;
    out.size = space.capacity;
  }
  out.database = size_of(database);
  out.wal = size_of(database.string() + "-wal");
  return out;
}

DiskWatch::DiskWatch(const boost::asio::any_io_executor& loop, runtime::Pool& pool, std::filesystem::path database)
    : pool_(pool), database_(std::move(database)), timer_(loop), last_(read_disk(database_)) {}

boost::asio::awaitable<void> DiskWatch::run() {
  boost::system::error_code ignored;
  while (!stopped_) {
    timer_.expires_after(kEvery);
    co_await timer_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, ignored));
    if (stopped_) co_return;
    auto read = [this] { return read_disk(database_); };
    last_ = co_await pool_.run_first(std::move(read));
  }
}

void DiskWatch::stop() {
  stopped_ = true;
  timer_.cancel();
}

}  // namespace pw::app
