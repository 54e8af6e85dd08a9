#include "store/page_check.hpp"

#include "core/log.hpp"
#include "store/page_walk.hpp"
#include "store/schema.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace pw::store {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds kInterruptEvery{10};

}  // namespace

PageCheck::PageCheck(std::string path, PageCheckSettings settings, const Clock& clock, OnDamage on_damage)
    : path_(std::move(path)), settings_(settings), clock_(clock), on_damage_(std::move(on_damage)) {}

void PageCheck::start() {
  thread_ = ServiceThread(
      "store pages", [this] { run(); }, [this](const std::string& why) { set(State::unreadable, why); });
}

void PageCheck::stop() {
  if (!thread_.joinable()) return;
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
    // Repeatedly, because an interrupt before the query has started is lost.
    while (db_ != nullptr) {
      db_->interrupt();
      changed_.wait_until(mutex_, steady_clock::now() + kInterruptEvery);
    }
  }
  thread_.join();
}

void PageCheck::suspect() {
  const MutexLock lock(mutex_);
  if (confirmed_ && steady_clock::now() - *confirmed_ < settings_.retry) return;
  suspected_ = true;
  changed_.notify_all();
}

std::string PageCheck::report() const {
  const MutexLock lock(mutex_);
  const std::string before = passed_ ? fmt::format("; no damage at {}", to_iso8601(*passed_)) : "";
  switch (state_) {
    case State::idle: return passed_ ? fmt::format("ok: every page was read by {}", to_iso8601(*passed_)) : "not begun";
    case State::running: {
      std::error_code none;
      const std::uintmax_t size = std::filesystem::file_size(path_, none);
      const std::uintmax_t share = none || size == 0 ? 0 : std::min<std::uintmax_t>(99, read_ * 100 / size);
      return fmt::format("running: {} % read{}", share, before);
    }
    case State::unreadable: return fmt::format("not possible: {}{}", problem_, before);
    case State::damaged: return "damaged: " + problem_;
  }
  return {};
}

void PageCheck::run() {
  bool confirming = false;
  while (true) {
    const bool passed = !confirming && pass();
    if (confirming) confirm();
    {
      const MutexLock lock(mutex_);
      if (stopping_ || state_ == State::damaged) return;
    }
    pause_until(steady_clock::now() + (passed ? settings_.repeat : settings_.retry));
    const MutexLock lock(mutex_);
    if (stopping_) return;
    confirming = std::exchange(suspected_, false);
  }
}

/// Every failure becomes a State. True if the whole file was read.
bool PageCheck::pass() {
  set(State::running);
  try {
    // A new connection, because the cache of an old one may hold what the disk no longer does.
    Database db(path_, Access::read_only);
    db.execute("PRAGMA cache_size = -256");
    return read_all(db);
  } catch (const DbError& error) {
    is_damage(error) ? confirm() : note_unreadable(error);
    return false;
  }
}

bool PageCheck::read_all(Database& db) {
  PageWalk walk(db);
  const auto begun = steady_clock::now();
  std::size_t total = 0;
  while (const auto read = walk.step()) {
    total += *read;
    {
      const MutexLock lock(mutex_);
      read_ = total;
    }
    const auto due = std::chrono::milliseconds(total * 1000 / std::max<std::size_t>(settings_.bytes_per_second, 1));
    if (!pause_until(begun + due)) return false;
  }
  const Time now = clock_.now();
  const MutexLock lock(mutex_);
  state_ = State::idle;
  passed_ = now;
  return true;
}

/// Decides whether the file is damaged.
void PageCheck::confirm() {
  set(State::running);
  try {
    Database db(path_, Access::read_only);
    struct Interruptible {
      PageCheck& check;
      Interruptible(PageCheck& owner, Database& database) : check(owner) {
        const MutexLock lock(check.mutex_);
        if (check.stopping_) throw DbError(SQLITE_INTERRUPT, "stopped");
        check.db_ = &database;
      }
      ~Interruptible() {
        const MutexLock lock(check.mutex_);
        check.db_ = nullptr;
        check.confirmed_ = steady_clock::now();
        check.changed_.notify_all();
      }
      Interruptible(const Interruptible&) = delete;
      Interruptible& operator=(const Interruptible&) = delete;
    };
    const Interruptible while_checking(*this, db);
    check_integrity(db, path_);
    log::say("store-false-alarm", "{}: SQLite called a page damaged, but a check of the whole file found no damage",
             path_);
    set(State::idle);
  } catch (const DamagedError& error) {
    set(State::damaged, error.what());
    on_damage_(error.what());
  } catch (const DbError& error) {
    note_unreadable(error);
  }
}

void PageCheck::note_unreadable(const DbError& error) {
  if (error.code == SQLITE_INTERRUPT) return;
  const std::string why = to_error(error).message;
  log::say("store-read-failed", "{}: the database could not be checked: {}", path_, why);
  set(State::unreadable, why);
}

void PageCheck::set(State state, std::string problem) {
  const MutexLock lock(mutex_);
  state_ = state;
  problem_ = std::move(problem);
}

/// False if the check is to stop, or somebody met damage.
bool PageCheck::pause_until(Instant until) {
  const MutexLock lock(mutex_);
  while (!stopping_ && !suspected_ && changed_.wait_until(mutex_, until)) {
  }
  return !stopping_ && !suspected_;
}

}  // namespace pw::store
