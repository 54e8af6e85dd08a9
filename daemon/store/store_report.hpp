#pragma once
/// A thorough check of a database, for people.

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace pw::store {

struct StoreReport {
  std::uintmax_t bytes = 0;
  int schema = 0;
  std::string log_id;
  std::uint64_t articles = 0;
  std::uint64_t alerts = 0;
  std::uint64_t head = 0;
  std::vector<std::string> problems;    ///< damage and contradictions; at most a hundred of each kind
  std::vector<std::string> unreadable;  ///< what could not be read, and so not be checked
  std::vector<std::string> skipped;     ///< what was not checked, and why

  [[nodiscard]] bool sound() const { return problems.empty() && unreadable.empty(); }
};

/// Checks every page, that each index agrees with its table, references between tables, the numbers of the alert log
/// and that the full-text index has all articles. Reads only, and may run beside a daemon. Takes about a minute per
/// gigabyte. Throws std::runtime_error with advice if the file cannot be opened.
StoreReport check_store(const std::string& database);

}  // namespace pw::store
