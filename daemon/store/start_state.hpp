#pragma once
/// What the store must know of its own past before it starts.

#include "core/id.hpp"
#include "core/time.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <optional>

namespace pw::store {

struct StartState {
  Id log_id;
  std::uint64_t published = 0;
  std::optional<Time> last_run;  ///< by a clock that it trusted; nothing: the database is new
};

/// Throws DbError: none of it may be guessed.
StartState read_start_state(Database& db);

}  // namespace pw::store
