#pragma once
/// Looks through a database that was not closed, while the daemon starts.

#include "core/mutex.hpp"
#include "core/service_thread.hpp"
#include "store/database.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace pw::store {

/// Owns a thread and a connection that cannot write. Any thread.
class IntegrityCheck {
 public:
  enum class State {
    running,
    passed,
    failed,   ///< damaged, or it could not be read
    stopped,  ///< before it came to an end
  };

  /// Without a path there is nothing to check: it has passed.
  explicit IntegrityCheck(std::optional<std::string> path);
  ~IntegrityCheck() { stop(); }
  IntegrityCheck(const IntegrityCheck&) = delete;
  IntegrityCheck& operator=(const IntegrityCheck&) = delete;

  [[nodiscard]] State state() const;
  /// Waits for a short check, at most to a quarter of a second after its beginning.
  [[nodiscard]] bool passed_soon() const;
  /// Until it is running no longer.
  State wait();
  /// What was found and what to do, when it has failed. For people.
  [[nodiscard]] std::string problem() const;
  /// Gives it up where it still runs.
  void stop();

 private:
  void run(const std::string& path);
  void check(const std::string& path);
  void finish(State state, std::string problem = {});

  mutable Mutex mutex_;
  mutable Condition finished_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  State state_ PW_GUARDED_BY(mutex_) = State::passed;
  std::string problem_ PW_GUARDED_BY(mutex_);
  bool stopping_ PW_GUARDED_BY(mutex_) = false;
  Database* db_ PW_GUARDED_BY(mutex_) = nullptr;  ///< while it is looked through
  ServiceThread thread_;
};

}  // namespace pw::store
