#pragma once
/// A read-only connection behind a mutex.

#include "core/mutex.hpp"
#include "core/result.hpp"
#include "store/database.hpp"

#include <string>
#include <type_traits>

namespace pw::store {

/// Any thread; one read at a time.
class Reader {
 public:
  /// Throws std::runtime_error if the file cannot be opened.
  explicit Reader(const std::string& path);

  /// Returns the result of `work`, which sees one state of the database. A DbError becomes an Error.
  template <class Work>
  auto read(const Work& work) -> Result<std::invoke_result_t<Work, Database&>> {
    const MutexLock lock(mutex_);
    try {
      const ReadTransaction snapshot(db_);
      if constexpr (std::is_void_v<std::invoke_result_t<Work, Database&>>) {
        work(db_);
        return {};
      } else {
        return work(db_);
      }
    } catch (const DbError& error) {
      return to_error(error);
    }
  }

 private:
  Mutex mutex_;
  Database db_ PW_GUARDED_BY(mutex_);
};

}  // namespace pw::store
