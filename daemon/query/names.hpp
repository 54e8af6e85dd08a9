#pragma once
/// Names in many scripts: a term of a query that equals a name matches each of its aliases.

#include "query/query.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// Names by their folded form. Immutable after construction; threads share it.
class NameTable {
 public:
  /// Names that are not here are looked up in `base`.
  explicit NameTable(const Names& names, std::shared_ptr<const NameTable> base = nullptr);

  using Words = std::vector<std::string>;
  struct Entry {
    std::string name;
    std::vector<Node> aliases;  ///< phrases, prefixes, wildcards, and NEARs of these; alias_of is set
    Node itself;                ///< the name as such an alias
    bool as_written = false;    ///< it is itself one of its exact aliases, and matches in no other case
  };
  /// The name with exactly these tokens, or with an English alias of these tokens; or nullptr.
  [[nodiscard]] const Entry* find(const Words& tokens) const;

  /// An alias that could not be read, and is left out.
  struct Problem {
    std::string name;
    std::string message;
  };
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

 private:
  Entry read_name(const Name& name, const Words& tokens);

  std::map<Words, Entry> entries_;
  std::map<Words, Words> english_;  ///< phrases among English aliases, and the names they are aliases of
  std::shared_ptr<const NameTable> base_;
  std::vector<Problem> problems_;
};

}  // namespace pw::query
