#pragma once
/// Reads the whole database again and again, slowly, so that damage is found by the daemon rather than by a subscriber.

#include "core/mutex.hpp"
#include "core/service_thread.hpp"
#include "core/time.hpp"
#include "store/database.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace pw::store {

/// Pace of the check. It starts with the daemon and is repeated.
struct PageCheckSettings {
  std::size_t bytes_per_second = std::size_t{4} << 20U;
  std::chrono::milliseconds repeat = std::chrono::hours{24};
  std::chrono::milliseconds retry = std::chrono::minutes{1};  ///< after the file could not be read
};

/// Owns a thread and, during a pass, a read-only connection. Where a page seems damaged, the whole file is checked by a
/// new connection before it is called so; what cannot be read (disk, memory, file descriptors) is not damage, and is
/// tried again. Any thread, but start() and stop() by one.
class PageCheck {
 public:
  /// Called once, on the check's thread, with a message for people. The check has ended then.
  using OnDamage = std::function<void(const std::string& why)>;

  /// `clock` must outlive it.
  PageCheck(std::string path, PageCheckSettings settings, const Clock& clock, OnDamage on_damage);
  ~PageCheck() { stop(); }
  PageCheck(const PageCheck&) = delete;
  PageCheck& operator=(const PageCheck&) = delete;

  void start();
  /// Ends a pass under way.
  void stop();
  /// Somebody met what SQLite calls damage: checks the whole file now, at full speed, unless that was done within
  /// `retry`.
  void suspect();

  /// For people: "ok: …", "running: …", "not possible: …" or "damaged: …".
  [[nodiscard]] std::string report() const;

 private:
  using Instant = std::chrono::steady_clock::time_point;
  enum class State : std::uint8_t { idle, running, unreadable, damaged };

  void run();
  bool pass();
  bool read_all(Database& db);
  void confirm();
  void note_unreadable(const DbError& error);
  void set(State state, std::string problem = {});
  bool pause_until(Instant until);

  const std::string path_;
  const PageCheckSettings settings_;
  const Clock& clock_;
  const OnDamage on_damage_;

  mutable Mutex mutex_;
  Condition changed_;
  State state_ PW_GUARDED_BY(mutex_) = State::idle;
  std::string problem_ PW_GUARDED_BY(mutex_);
  std::optional<Time> passed_ PW_GUARDED_BY(mutex_);  ///< when the last pass ended without damage
  std::size_t read_ PW_GUARDED_BY(mutex_) = 0;        ///< bytes in this pass
  bool stopping_ PW_GUARDED_BY(mutex_) = false;
  bool suspected_ PW_GUARDED_BY(mutex_) = false;
  std::optional<Instant> confirmed_ PW_GUARDED_BY(mutex_);  ///< when confirm() ended
  Database* db_ PW_GUARDED_BY(mutex_) = nullptr;            ///< while it may have to be interrupted
  ServiceThread thread_;
};

}  // namespace pw::store
