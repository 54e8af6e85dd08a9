#pragma once
/// Damages a database file at a chosen place.

#include "store/database.hpp"

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>

namespace pw::store::sample {

/// Overwrites the first page of a table or index. The database must not be open.
inline void damage(const std::string& path, const char* name) {
  std::int64_t page = 0;
  {
    Database db(path, Access::read_write);
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    Query query = db.query("SELECT rootpage FROM sqlite_master WHERE name = ?");
    if (!query.bind(name).step()) throw std::runtime_error("there is no such table");
    page = query.number(0);
  }
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp((page - 1) * 4096);
  file << std::string(64, '\x55');
}

}  // namespace pw::store::sample
