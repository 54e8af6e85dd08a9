#pragma once
/// Pauses requested by hosts (Retry-After), and for which owner.

#include "fetch/throttle/visit.hpp"

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace pw::fetch {

/// A pause holds the owner whose request triggered it. If the same host asks a second owner for a pause before the
/// first is over, both pauses hold all owners. Loop thread only.
class Holds {
 public:
  enum class Reach { owner, host };

  /// Forbids visits to the host by this owner, or by all, before `until`; never shortens a pause.
  void add(const std::string& host, const std::string& owner, Instant until, Reach reach, Instant now);
  /// The end of this owner's pause at the host; a past time if there is none.
  [[nodiscard]] Instant until(const std::string& host, const std::string& owner) const;
  /// The end of the pause that holds all owners.
  [[nodiscard]] Instant until(const std::string& host) const;
  /// Drops this owner's pauses; returns their hosts.
  std::vector<std::string> forget(const std::string& owner);

  /// The number of stored pauses. Expired ones are removed when the host requests the next, or when there are many.
  [[nodiscard]] std::size_t size() const noexcept { return by_owner_.size(); }

 private:
  struct Hold {
    std::string owner;
    Instant until;
    Reach reach;
  };

  void drop_over(const std::string& host, std::vector<Hold>& holds, Instant now);
  void sweep(Instant now);

  std::unordered_map<std::string, std::vector<Hold>> by_host_;  ///< never empty; one entry per owner
  std::set<std::pair<std::string, std::string>> by_owner_;      ///< owner and host
  std::size_t sweep_at_ = 1024;
};

}  // namespace pw::fetch
