#pragma once
/// Names in many scripts: a term that equals a name matches each of its aliases.

#include "query/query.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pw::query {

/// A table of names, keyed by their folded form. Immutable after construction, so threads may share it.
class NameTable {
 public:
  /// Names that are not in this table are looked up in `base`.
  explicit NameTable(const Names& names, std::shared_ptr<const NameTable> base = nullptr);

  using Words = std::vector<std::string>;
  /// A name with its aliases as leaves of a query.
  struct Entry {
    std::string name;
    std::vector<Node> aliases;  ///< phrases, prefixes, wildcards, and NEARs of these, with alias_of set
    Node itself;                ///< the name itself, in the same form as its aliases
    bool as_written = false;    ///< the name is one of its own exact aliases, and so only matches as written
  };
  /// The name with exactly these tokens, or with an English alias of these tokens; nullptr if there is none. The
  /// pointer is valid as long as this table.
  [[nodiscard]] const Entry* find(const Words& tokens) const;

  /// An alias that could not be parsed and was skipped.
  struct Problem {
    std::string name;
    std::string message;
  };
  [[nodiscard]] const std::vector<Problem>& problems() const { return problems_; }

 private:
  Entry read_name(const Name& name, const Words& tokens);

  std::map<Words, Entry> entries_;
  std::map<Words, Words> english_;  ///< English aliases that are phrases, and the names they belong to
  std::shared_ptr<const NameTable> base_;
  std::vector<Problem> problems_;
};

}  // namespace pw::query
