#pragma once
/// How each version of the tables becomes the next.

#include "store/database.hpp"

#include <span>

namespace pw::store {

inline constexpr int kSchemaVersion = 5;

/// The first makes version 1 of an empty file. A step that was released is never edited: there are files that it made.
struct SchemaStep {
  const char* sql;
  void (*then)(Database&);  ///< what SQL cannot do, in the same transaction; may be null
};

std::span<const SchemaStep> schema_steps();

}  // namespace pw::store
