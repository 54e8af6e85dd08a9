#pragma once
/// The last that was said of each source's health, for those who come later.

#include <cstddef>
#include <map>
#include <string>

namespace pw::bus {

/// Bus thread only. Holds what was put in since the start; a source's newer word replaces its older one.
class HealthBoard {
 public:
  void put(const std::string& source, std::string body) { bodies_[source] = std::move(body); }

  /// A JSON array of the bodies in the order of the sources' ids, as many as fit into `max_bytes`.
  [[nodiscard]] std::string list(std::size_t max_bytes, bool& complete) const;

 private:
  std::map<std::string, std::string> bodies_;
};

}  // namespace pw::bus
