#include "store/integrity_check.hpp"

#include "core/log.hpp"
#include "core/time.hpp"
#include "store/schema.hpp"

#include <sqlite3.h>

#include <stdexcept>
#include <utility>

namespace pw::store {

namespace {

using std::chrono::steady_clock;

constexpr Milliseconds kInterruptEvery{10};
constexpr Milliseconds kShort{250};
constexpr int kAttempts = 3;
constexpr Milliseconds kPause{500};  // between attempts

}  // namespace

IntegrityCheck::IntegrityCheck(std::optional<std::string> path) {
  if (!path) return;
  state_ = State::running;
  log::say("store-unclean",
           "{}: the last stop was not clean; the database is being checked, and until then nothing is stored or sent",
           *path);
  thread_ = ServiceThread(
      "store check", [this, path = *path] { run(path); },
      [this](const std::string& why) { finish(State::failed, why); });
}

/// Every failure ends up as a State.
void IntegrityCheck::run(const std::string& path) {
  try {
    try_check(path);
  } catch (const DamagedError& error) {
    finish(State::damaged, error.what());
    return;
  } catch (const DbError& error) {
    if (error.code == SQLITE_INTERRUPT) {
      finish(State::stopped);
      return;
    }
    throw std::runtime_error(fmt::format("{}: the database could not be checked: {}", path, to_error(error).message));
  }
  const auto took = std::chrono::duration_cast<Milliseconds>(steady_clock::now() - begun_);
  log::say("store-sound", "{}: the database is sound; the check took {}", path, to_string(took));
  finish(State::passed);
}

/// A failure to read may pass: a disk that answers late, memory or file descriptors that are short.
void IntegrityCheck::try_check(const std::string& path) {
  for (int attempt = 1; attempt < kAttempts; ++attempt) {
    try {
      check(path);
      return;
    } catch (const DbError& error) {
      if (error.code == SQLITE_INTERRUPT) throw;
      log::say("store-read-failed", "{}: the database could not be checked, and it is tried again: {}", path,
               to_error(error).message);
    }
    pause();
  }
  check(path);
}

void IntegrityCheck::pause() {
  const MutexLock lock(mutex_);
  const auto until = steady_clock::now() + kPause;
  while (!stopping_ && finished_.wait_until(mutex_, until)) {
  }
}

void IntegrityCheck::check(const std::string& path) {
  Database db(path, Access::read_only);
  {
    const MutexLock lock(mutex_);
    if (stopping_) throw DbError(SQLITE_INTERRUPT, "stopped");
    db_ = &db;
  }
  try {
    check_integrity(db, path);
  } catch (...) {
    const MutexLock lock(mutex_);
    db_ = nullptr;
    throw;
  }
  const MutexLock lock(mutex_);
  db_ = nullptr;
}

void IntegrityCheck::finish(State state, std::string problem) {
  const MutexLock lock(mutex_);
  state_ = state;
  problem_ = std::move(problem);
  finished_.notify_all();
}

IntegrityCheck::State IntegrityCheck::state() const {
  const MutexLock lock(mutex_);
  return state_;
}

bool IntegrityCheck::passed_soon() const {
  const MutexLock lock(mutex_);
  while (state_ == State::running && finished_.wait_until(mutex_, begun_ + kShort)) {
  }
  return state_ == State::passed;
}

IntegrityCheck::State IntegrityCheck::wait() {
  const MutexLock lock(mutex_);
  while (state_ == State::running) finished_.wait(mutex_);
  return state_;
}

std::string IntegrityCheck::problem() const {
  const MutexLock lock(mutex_);
  return problem_;
}

void IntegrityCheck::stop() {
  const MutexLock lock(mutex_);
  stopping_ = true;
  finished_.notify_all();
  // Repeatedly, because an interrupt before the query has started is lost.
  while (state_ == State::running) {
    if (db_ != nullptr) db_->interrupt();
    finished_.wait_until(mutex_, steady_clock::now() + kInterruptEvery);
  }
}

}  // namespace pw::store
