#include "store/copy_database.hpp"

#include "core/message_of.hpp"
#include "core/time.hpp"

#include <fcntl.h>
#include <spdlog/fmt/chrono.h>
#include <spdlog/fmt/fmt.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <thread>

namespace pw::store {

namespace {

constexpr int kPagesAtOnce = 1000;
constexpr std::chrono::milliseconds kBusyPause{20};

void create(const std::string& path) {
  const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) throw std::runtime_error(fmt::format("{}: {}", path, message_of_errno(errno)));
  ::close(made);
}

struct BackupFinish {
  void operator()(sqlite3_backup* backup) const noexcept { sqlite3_backup_finish(backup); }
};

void copy_pages(Database& from, Database& to, const CopyProgress& progress) {
  const std::unique_ptr<sqlite3_backup, BackupFinish> backup(
      sqlite3_backup_init(to.handle(), "main", from.handle(), "main"));
  if (backup == nullptr) throw DbError(sqlite3_errcode(to.handle()) & 0xff, sqlite3_errmsg(to.handle()));
  while (true) {
    const int code = sqlite3_backup_step(backup.get(), kPagesAtOnce);
    const auto all = static_cast<std::size_t>(sqlite3_backup_pagecount(backup.get()));
    if (progress) progress(all - static_cast<std::size_t>(sqlite3_backup_remaining(backup.get())), all);
    if (code == SQLITE_DONE) return;
    if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
      std::this_thread::sleep_for(kBusyPause);
    } else if (code != SQLITE_OK) {
      throw DbError(code & 0xff, sqlite3_errstr(code));
    }
  }
}

void copy(Database& from, const std::string& to, const CopyProgress& progress) {
  Database target(to, Access::read_write);
  {
    // What is committed from here on is not copied; otherwise each commit would make the copy begin again.
    const ReadTransaction snapshot(from);
    Query first = from.query("SELECT count(*) FROM sqlite_schema");
    first.step();
    copy_pages(from, target, progress);
  }
  target.execute("PRAGMA journal_mode = DELETE; UPDATE meta SET value = 1 WHERE key = 'clean'");
}

}  // namespace

void copy_database(Database& from, const std::string& to, const CopyProgress& progress) {
  create(to);
  try {
    copy(from, to, progress);
  } catch (...) {
    for (const char* end : {"", "-wal", "-shm", "-journal"}) ::unlink((to + end).c_str());
    throw;
  }
}

std::string aside_name(const std::string& database, std::string_view word) {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  const std::string name =
      fmt::format("{}.{}-{:%Y%m%dT%H%M%SZ}", database, word, fmt::gmtime(std::chrono::system_clock::to_time_t(now)));
  std::string out = name;
  for (int n = 2; std::filesystem::exists(out); ++n) out = fmt::format("{}-{}", name, n);
  return out;
}

void sync_folder(const std::string& file) {
  const std::string parent = std::filesystem::path(file).parent_path().string();
  const std::string folder = parent.empty() ? "." : parent;
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool synced = opened >= 0 && ::fsync(opened) == 0;
  const int error = errno;
  if (opened >= 0) ::close(opened);
  if (!synced) throw std::runtime_error(fmt::format("{}: {}", folder, message_of_errno(error)));
}

}  // namespace pw::store
