#pragma once
/// Notices that the database is not the one that was written last: restored, copied, or shortened by a lost
/// write-ahead log.

#include "core/id.hpp"
#include "store/database.hpp"

#include <cstdint>
#include <string>

namespace pw::store {

/// Owns the file <database>.instance, one line of fixed length: an instance id that every start makes anew and writes
/// to the database too, the one before it, and the newest seq ever given. The thread that writes the database uses it.
class Instance {
 public:
  /// Compares file and database and gives the log a new id where they differ, saying so in the daemon's log; then
  /// writes a new instance to both. Throws std::runtime_error when the file cannot be written, DbError when the
  /// database cannot.
  Instance(Database& db, const std::string& database_path);
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  /// After the commit of an alert. Not synced: what a failure of the power takes from it only makes the next look less
  /// sharp. A failure to write does the same and is not reported.
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
