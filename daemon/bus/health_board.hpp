#pragma once
/// The latest health event of each source, for clients that connect later.

#include <cstddef>
#include <map>
#include <string>

namespace pw::bus {

/// Bus thread only. Keeps one event per configured source: a newer one replaces it, and the last one removes it.
class HealthBoard {
 public:
  void put(const std::string& source, std::string body);

  /// A JSON array of the bodies, ordered by source id, with as many as fit into `max_bytes`.
  [[nodiscard]] std::string list(std::size_t max_bytes, bool& complete) const;

 private:
  std::map<std::string, std::string> bodies_;
};

}  // namespace pw::bus
