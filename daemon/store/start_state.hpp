#pragma once
/// State from earlier runs that the store needs before it starts.

#include "core/id.hpp"
#include "core/time.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <optional>

namespace pw::store {

struct StartState {
  Id log_id;
  std::uint64_t published = 0;
  std::optional<Time> last_run;  ///< by a trusted clock; nothing if the database is new
};

/// Throws DbError: none of these values may be guessed.
StartState read_start_state(Database& db);

}  // namespace pw::store
