#pragma once
/// A connection that cannot write, behind a mutex.

#include "core/mutex.hpp"
#include "core/result.hpp"
#include "store/database.hpp"

#include <string>
#include <type_traits>

namespace pw::store {

/// Any thread; one read at a time.
class Reader {
 public:
  /// Throws std::runtime_error when the file cannot be opened.
  explicit Reader(const std::string& path);

  /// What `work` returns, read from one state of the database; a DbError that it throws becomes an Error.
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
