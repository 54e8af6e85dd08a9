#pragma once
/// The queue of fetches for one host.

#include "fetch/throttle/visit.hpp"

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace pw::fetch {

/// Owners take turns; within an owner, the order is FIFO. An owner with many requests therefore delays another by one
/// visit at most. Loop thread only.
class OwnerQueue {
 public:
  using Predicate = std::function<bool(const std::string& owner)>;

  OwnerQueue() = default;
  OwnerQueue(const OwnerQueue&) = delete;
  OwnerQueue& operator=(const OwnerQueue&) = delete;

  void push(std::shared_ptr<Waiter> waiter);
  /// Removes a waiter that gave up.
  void remove(const Waiter& waiter);
  /// Whether pop() with this predicate would return a waiter.
  [[nodiscard]] bool has(const Predicate& may_go) const;
  /// The first waiter of the next owner that may go; this owner then moves to the end. nullptr if none may go.
  std::shared_ptr<Waiter> pop(const Predicate& may_go);
  /// Removes all waiters of the owners that match.
  std::vector<std::shared_ptr<Waiter>> take_out(const Predicate& which);

  [[nodiscard]] std::vector<std::shared_ptr<Waiter>> everyone() const;
  [[nodiscard]] bool empty() const noexcept { return lines_.empty(); }
  [[nodiscard]] bool has_urgent() const noexcept { return urgent_ > 0; }
  void for_each_owner(const std::function<void(const std::string& owner)>& see) const;

 private:
  struct Line {
    std::string owner;
    std::list<std::shared_ptr<Waiter>> waiters;  ///< a list, because an empty deque takes 600 bytes
  };
  using Lines = std::list<Line>;

  void forget(Lines::iterator line);

  Lines lines_;  ///< none is empty; the owner served next comes first
  std::unordered_map<std::string_view, Lines::iterator> by_owner_;
  std::size_t urgent_ = 0;
};

}  // namespace pw::fetch
