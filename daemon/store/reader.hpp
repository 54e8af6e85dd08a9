#pragma once
/// A read-only connection behind a mutex.

#include "core/mutex.hpp"
#include "core/result.hpp"
#include "store/database.hpp"
#include "store/suspicion.hpp"

#include <memory>
#include <string>
#include <type_traits>

namespace pw::store {

/// Any thread; one read at a time.
class Reader {
 public:
  /// Throws std::runtime_error if the file cannot be opened. What SQLite calls damage raises the suspicion.
  explicit Reader(const std::string& path, std::shared_ptr<Suspicion> suspicion = nullptr);

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
      if (suspicion_ && is_damage(error)) suspicion_->raise();
      return to_error(error);
    }
  }

 private:
  const std::shared_ptr<Suspicion> suspicion_;
  Mutex mutex_;
  Database db_ PW_GUARDED_BY(mutex_);
};

}  // namespace pw::store
