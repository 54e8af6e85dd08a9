#pragma once
/// Lets coroutines in, in the order of their arrival, as long as there is room for them.

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include <cstddef>
#include <list>
#include <memory>

namespace pw::runtime {

/// How much may be done at a time.
struct Capacity {
  std::size_t tasks = 1;
  std::size_t bytes = 0;  ///< held by these tasks
};

/// Loop thread only. Create it with std::make_shared, because the shares and those who wait keep it alive.
class Admission : public std::enable_shared_from_this<Admission> {
 public:
  /// A part of the capacity, which is free again when the share is destroyed.
  class Share {
   public:
    Share(std::shared_ptr<Admission> admission, std::size_t bytes) noexcept;
    Share(Share&& other) noexcept = default;
    Share& operator=(Share&&) = delete;
    ~Share();

   private:
    std::shared_ptr<Admission> admission_;
    std::size_t bytes_;
  };

  explicit Admission(Capacity capacity) : capacity_(capacity) {}

  /// Waits until there is room for one more task with its bytes, and nobody who came earlier still waits. A task that
  /// is larger than the whole capacity enters when no other holds any bytes. If the coroutine is cancelled or destroyed
  /// while it waits, those behind it move up.
  boost::asio::awaitable<Share> enter(std::size_t bytes);

  [[nodiscard]] std::size_t tasks() const noexcept { return tasks_; }
  [[nodiscard]] std::size_t bytes() const noexcept { return bytes_; }
  [[nodiscard]] std::size_t waiting() const noexcept { return waiting_.size(); }

 private:
  class Place;

  [[nodiscard]] bool has_room(std::size_t bytes) const noexcept;
  void wake_first();

  const Capacity capacity_;
  std::size_t tasks_ = 0;
  std::size_t bytes_ = 0;
  std::list<boost::asio::steady_timer> waiting_;
};

}  // namespace pw::runtime
