#pragma once
/// The pauses that hosts asked for (Retry-After), and of whom.

#include "fetch/throttle/visit.hpp"

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pw::fetch {

/// A pause holds the owner that was asked for it. If another owner is asked at the same host before it is over, it is
/// the host that wants less: then both pauses hold everyone. Loop thread only.
class Holds {
 public:
  enum class Reach { owner, host };

  /// No visit of this owner to the host before `until`, or of anyone; a longer pause stays.
  void add(const std::string& host, const std::string& owner, Instant until, Reach reach, Instant now);
  /// When the pause of this owner at the host is over; in the past where there is none.
  [[nodiscard]] Instant until(const std::string& host, const std::string& owner) const;
  /// The same for all owners.
  [[nodiscard]] Instant until(const std::string& host) const;
  /// Drops the pauses that were asked of this owner; returns their hosts.
  std::vector<std::string> forget(const std::string& owner);

  /// Pauses that are remembered; those that are over go when the host asks for the next, or when they become many.
  [[nodiscard]] std::size_t size() const noexcept { return by_owner_.size(); }

 private:
  struct Hold {
    std::string owner;
    Instant until;
    Reach reach;
  };

  void drop_over(const std::string& host, std::vector<Hold>& holds, Instant now);
  void sweep(Instant now);

  std::unordered_map<std::string, std::vector<Hold>> by_host_;  ///< none is empty; one an owner
  std::set<std::pair<std::string, std::string>> by_owner_;      ///< owner and host
  std::size_t sweep_at_ = 1024;
};

}  // namespace pw::fetch
