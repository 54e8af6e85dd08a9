#include "store/backup.hpp"

#include "core/message_of.hpp"
#include "store/file_lock.hpp"
#include "store/schema.hpp"
#include "store/schema_steps.hpp"

#include <fcntl.h>
#include <spdlog/fmt/fmt.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

namespace pw::store {

namespace fs = std::filesystem;

namespace {

constexpr std::array kEndings{"", "-wal", "-shm", "-journal"};

void remove_all(const std::string& path) {
  for (const char* end : kEndings) ::unlink((path + end).c_str());
}

/// Removes an unfinished copy, unless it was moved to its place.
class Unfinished {
 public:
  explicit Unfinished(std::string path) : path_(std::move(path)) { remove_all(path_); }
  ~Unfinished() { remove_all(path_); }
  Unfinished(const Unfinished&) = delete;
  Unfinished& operator=(const Unfinished&) = delete;
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

/// A failure of SQLite becomes one that names the file.
template <class Work>
auto naming(const std::string& file, const Work& work) {
  try {
    return work();
  } catch (const DbError& error) {
    if (is_damage(error)) throw DamagedError(fmt::format("{}: damaged, or no database ({})", file, error.what()));
    if (error.code == SQLITE_CANTOPEN) {
      throw std::runtime_error(
          fmt::format("{}: cannot be opened ({}). Does it exist, and may this user read it and write in its folder?",
                      file, error.what()));
    }
    throw std::runtime_error(fmt::format("{}: {}", file, to_error(error).message));
  }
}

BackupContents contents_of(Database& db, const std::string& path) {
  BackupContents out;
  out.bytes = fs::file_size(path);
  out.schema = schema_version(db);
  Query query = db.query(
      "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM alerts), "
      "(SELECT value FROM meta WHERE key = 'head'), (SELECT time FROM alerts ORDER BY seq DESC LIMIT 1)");
  query.step();
  out.articles = static_cast<std::uint64_t>(query.number(0));
  out.alerts = static_cast<std::uint64_t>(query.number(1));
  out.head = static_cast<std::uint64_t>(query.number(2));
  out.newest = from_ms(query.number(3));
  return out;
}

/// Throws unless the open file is a database of this presswatch, or of an older one.
void require_known_schema(Database& db, const std::string& path) {
  const int version = schema_version(db);
  if (version > kSchemaVersion) {
    throw std::runtime_error(
        fmt::format("{}: made by a newer presswatch (schema {}, this one knows {})", path, version, kSchemaVersion));
  }
  Query query = db.query("SELECT count(*) FROM sqlite_schema WHERE name IN ('meta', 'alerts', 'articles')");
  if (version < 1 || !query.step() || query.number(0) != 3) {
    throw std::runtime_error(fmt::format("{}: a database, but not one of presswatch", path));
  }
  require_numbers(db, path);
}

/// Copies the database `from` and checks the copy.
BackupContents copy_checked(const std::string& from, const std::string& to, const CopyProgress& progress) {
  naming(from, [&] {
    Database source(from, Access::read_only);
    require_known_schema(source, from);
    copy_database(source, to, progress);
  });
  return naming(to, [&] {
    Database copy(to, Access::read_only);
    try {
      check_integrity(copy, to);
    } catch (const DamagedError& error) {
      throw DamagedError(fmt::format("{}: it is damaged, as a check of its copy found ({})", from, error.what()));
    }
    return contents_of(copy, to);
  });
}

void move_to(const std::string& from, const std::string& to, bool overwrite) {
  if (overwrite) {
    fs::rename(from, to);
  } else if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    throw std::runtime_error(fmt::format("{}: {}", to, message_of_errno(errno)));
  }
  sync_folder(to);
}

/// Root restores for the daemon: its files belong to whom the folder belongs to.
void give_to_owner_of_folder(const std::string& file) {
  struct stat folder {};
  const std::string path = fs::path(file).parent_path().string();
  if (::geteuid() != 0 || ::stat(path.c_str(), &folder) != 0) return;
  if (::lchown(file.c_str(), folder.st_uid, folder.st_gid) != 0) {
    throw std::runtime_error(fmt::format("{}: its owner cannot be changed: {}", file, message_of_errno(errno)));
  }
}

/// Makes the copy a log of its own, under an id that no subscriber knows.
Id renew_log(const std::string& path) {
  return naming(path, [&] {
    const Id id = random_id();
    Database db(path, Access::read_write);
    db.execute("BEGIN IMMEDIATE");
    db.query("UPDATE meta SET value = ? WHERE key = 'log_id'").bind(id).run();
    db.execute("DELETE FROM meta WHERE key = 'instance'; COMMIT");
    return id;
  });
}

/// The write-ahead log goes first: one that stayed behind would be applied to the database that takes its place.
std::string keep_aside(const std::string& database) {
  if (!fs::exists(database) && !fs::exists(database + "-wal")) return {};
  std::string aside = aside_name(database, "replaced");
  ::unlink((database + "-shm").c_str());
  for (const char* end : {"-wal", "", ".instance"}) {
    if (fs::exists(database + end)) fs::rename(database + end, aside + end);
  }
  return aside;
}

}  // namespace

BackupContents back_up(const std::string& database, const std::string& file, bool overwrite,
                       const CopyProgress& progress) {
  if (!overwrite && fs::exists(file)) {
    throw std::runtime_error(fmt::format("{}: exists already. Choose another name, or say --force", file));
  }
  const Unfinished copy(file + ".part");
  const BackupContents out = copy_checked(database, copy.path(), progress);
  move_to(copy.path(), file, overwrite);
  return out;
}

Restored restore(const std::string& database, const std::string& backup, const CopyProgress& progress) {
  if (!fs::is_directory(fs::path(database).parent_path())) {
    throw std::runtime_error(fmt::format("{}: there is no such folder", fs::path(database).parent_path().string()));
  }
  const std::string lock_file = database + ".lock";
  const FileLock lock(lock_file);
  give_to_owner_of_folder(lock_file);
  const Unfinished copy(database + ".restoring");
  Restored out;
  out.contents = copy_checked(backup, copy.path(), progress);
  out.log_id = renew_log(copy.path());
  give_to_owner_of_folder(copy.path());
  out.kept = keep_aside(database);
  move_to(copy.path(), database, false);
  return out;
}

}  // namespace pw::store
