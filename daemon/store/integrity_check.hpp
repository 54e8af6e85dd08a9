#pragma once
/// Checks a database that was not closed cleanly, in the background during start-up.

#include "core/mutex.hpp"
#include "core/service_thread.hpp"
#include "store/database.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace pw::store {

/// Owns a thread and a read-only connection. Any thread.
class IntegrityCheck {
 public:
  enum class State {
    running,
    passed,
    damaged,
    failed,   ///< it could not be read, though it was tried several times
    stopped,  ///< before it was complete
  };

  /// Without a path there is nothing to check, and the state is `passed`.
  explicit IntegrityCheck(std::optional<std::string> path);
  ~IntegrityCheck() { stop(); }
  IntegrityCheck(const IntegrityCheck&) = delete;
  IntegrityCheck& operator=(const IntegrityCheck&) = delete;

  [[nodiscard]] State state() const;
  /// Whether the check has passed. Waits for a short check, until at most 250 ms after its start.
  [[nodiscard]] bool passed_soon() const;
  /// Waits until the check is no longer running.
  State wait();
  /// After a failure: what was found and what to do, for people.
  [[nodiscard]] std::string problem() const;
  /// Cancels a running check.
  void stop();

 private:
  void run(const std::string& path);
  void try_check(const std::string& path);
  void check(const std::string& path);
  void pause();
  void finish(State state, std::string problem = {});

  mutable Mutex mutex_;
  mutable Condition finished_;
  const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
  State state_ PW_GUARDED_BY(mutex_) = State::passed;
  std::string problem_ PW_GUARDED_BY(mutex_);
  bool stopping_ PW_GUARDED_BY(mutex_) = false;
  Database* db_ PW_GUARDED_BY(mutex_) = nullptr;  ///< during the check
  ServiceThread thread_;
};

}  // namespace pw::store
