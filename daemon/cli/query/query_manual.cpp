#include "cli/commands.hpp"
#include "cli/verb.hpp"
#include "query/manual.hpp"

#include <iostream>

namespace pw::cli {

Run query_manual_verb(Arguments& /*arguments*/) {
  return [] {
    std::cout << query::manual();
    return kExitOk;
  };
}

}  // namespace pw::cli
