#pragma once
/// Detects that the database is not the one last written: it was restored, copied, or lost its write-ahead log.

#include "core/id.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <string>

namespace pw::store {

/// Owns the file <database>.instance, one line of fixed length: an instance id, which each start generates and also
/// writes to the database; the previous instance id; and the newest seq assigned. Used by the store thread.
class Instance {
 public:
  /// Compares the file with the database. If they differ, gives the log a new id and logs that. Then writes a new
  /// instance id to both. Throws std::runtime_error if the file cannot be written, DbError if the database cannot.
  Instance(Database& db, const std::string& database_path);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  /// Called after the commit of an alert. Not synced: losing the value in a power failure only makes the next
  /// comparison less precise. Write errors have the same effect and are ignored.
  void set_head(std::uint64_t head) noexcept;

 private:
  void write(bool sync);

  std::string path_;
  int descriptor_ = -1;
  Id current_;
  Id previous_;
  std::uint64_t head_ = 0;
};

}  // namespace pw::store
