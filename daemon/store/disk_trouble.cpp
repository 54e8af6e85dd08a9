#include "store/disk_trouble.hpp"

#include "core/log.hpp"
#include "core/time.hpp"

#include <sqlite3.h>

namespace pw::store {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds kTryEvery{2};

bool is_the_disks(int code) {
  return code == SQLITE_FULL || code == SQLITE_IOERR || code == SQLITE_READONLY || code == SQLITE_CANTOPEN;
}

}  // namespace

std::optional<std::string> DiskTrouble::message() const {
  const MutexLock lock(mutex_);
  return message_;
}

void DiskTrouble::note(const DbError& error) {
  if (is_damage(error)) suspicion_->raise();
  if (!is_the_disks(error.code)) return;
  ++failures_;
  if (message()) return;
  since_ = steady_clock::now();
  next_try_ = since_ + kTryEvery;
  std::string text = fmt::format("{}: {}", path_, to_error(error).message);
  log::say("store-not-writable", "nothing can be stored: {}. It is tried again every {} s", text, kTryEvery.count());
  const MutexLock lock(mutex_);
  message_ = std::move(text);
}

void DiskTrouble::try_again_in_turn(Database& db) {
  if (!message() || steady_clock::now() < next_try_) return;
  const auto error = guard([&db] {
    // In two transactions: data deleted in the transaction that wrote it need not reach the disk.
    db.execute("INSERT OR REPLACE INTO meta VALUES ('try', zeroblob(1048576))");
    db.execute("DELETE FROM meta WHERE key = 'try'");
  });
  next_try_ = steady_clock::now() + kTryEvery;
  if (!error) end();
}

void DiskTrouble::end() {
  const auto lasted = std::chrono::round<std::chrono::seconds>(steady_clock::now() - since_);
  log::say("store-writable", "{}: the disk takes writes again, after {} and {} failed attempts", path_,
           to_string(std::chrono::duration_cast<Milliseconds>(lasted)), failures_);
  failures_ = 0;
  const MutexLock lock(mutex_);
  message_.reset();
}

}  // namespace pw::store
