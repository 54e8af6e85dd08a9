#pragma once
/// The migration steps from each schema version to the next.

#include "store/database.hpp"

#include <span>

namespace pw::store {

inline constexpr int kSchemaVersion = 7;

/// The first step creates version 1 in an empty file. Never edit a released step: there are files that it created.
struct SchemaStep {
  const char* sql;
  void (*then)(Database&);  ///< for what SQL cannot do, in the same transaction; may be null
};

std::span<const SchemaStep> schema_steps();

}  // namespace pw::store
