#pragma once
/// Names in many scripts: a term of a query that equals a name matches each of its aliases.

#include "match/query.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pw::match {

/// Names by their folded form. Immutable after construction; threads share it.
class NameTable {
 public:
  /// Names that are not here are looked up in `base`.
  explicit NameTable(const Names& names, std::shared_ptr<const NameTable> base = nullptr);

  struct Entry {
    std::string name;
    std::vector<Node> aliases;  ///< phrases, prefixes, wildcards, and NEARs of these; alias_of is set
  };
  /// The name with exactly these tokens, or nullptr.
  [[nodiscard]] const Entry* find(const std::vector<std::string>& tokens) const;

  /// An alias that could not be read, and is left out.
  struct Problem {
    std::string name;
    std::string message;
  };
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

 private:
  std::map<std::vector<std::string>, Entry> entries_;
  std::shared_ptr<const NameTable> base_;
  std::vector<Problem> problems_;
};

}  // namespace pw::match
