#pragma once
/// The tables and how older files become current ones.

#include "store/database.hpp"

#include <string>

namespace pw::store {

inline constexpr int kSchemaVersion = 5;

/// Sets the connection up, checks the file when the last stop was not clean, and migrates it step by step (PRAGMA
/// user_version), each step in its transaction. Throws std::runtime_error, saying what to do.
void open_schema(Database& db, const std::string& path);

void mark_clean_stop(Database& db);

}  // namespace pw::store
