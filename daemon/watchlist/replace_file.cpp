#include "watchlist/replace_file.hpp"

#include "core/message_of.hpp"
#include "core/text.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

namespace pw::watchlist {
namespace {

namespace fs = std::filesystem;

Error io_error(const fs::path& file) {
  const int code = errno;
  return fail(Errc::io, "{} cannot be written: {}", printable(file.string()), message_of_errno(code));
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return ::fsync(descriptor) == 0;
}

/// Writes the text to a new file in the same directory and stores its name in `name`.
std::optional<Error> write_beside(const fs::path& file, std::string_view text, mode_t mode, std::string& name) {
  name = (file.parent_path() / ("." + file.filename().string() + ".XXXXXX")).string();
  const int descriptor = ::mkstemp(name.data());
  if (descriptor < 0) return io_error(file);
  const bool good = write_all(descriptor, text) && ::fchmod(descriptor, mode) == 0;
  std::optional<Error> error;
  if (!good) error = io_error(file);
  ::close(descriptor);
  if (error) ::unlink(name.c_str());
  return error;
}

}  // namespace

std::optional<Error> create_file(const fs::path& file, std::string_view text) {
  std::string name;
  if (auto error = write_beside(file, text, 0644, name)) return error;
  // Unlike rename(2), link(2) never replaces an existing file.
  std::optional<Error> error;
  if (::link(name.c_str(), file.c_str()) != 0) {
    error = errno == EEXIST ? fail(Errc::refused, "{} already exists", printable(file.string())) : io_error(file);
  }
  ::unlink(name.c_str());
  return error;
}

std::optional<Error> replace_file(const fs::path& file, std::string_view text) {
  std::error_code failed;
  const fs::path target = fs::canonical(file, failed);
  struct stat before {};
  if (failed || ::stat(target.c_str(), &before) != 0) return io_error(file);
  std::string name;
  if (auto error = write_beside(target, text, before.st_mode & 07777U, name)) return error;
  const bool ours = before.st_uid == ::geteuid() && before.st_gid == ::getegid();
  if ((!ours && ::chown(name.c_str(), before.st_uid, before.st_gid) != 0) ||
      std::rename(name.c_str(), target.c_str()) != 0) {
    const Error error = io_error(file);
    ::unlink(name.c_str());
    return error;
  }
  return std::nullopt;
}

std::optional<Error> remove_file(const fs::path& file) {
  if (::unlink(file.c_str()) != 0) return io_error(file);
  return std::nullopt;
}

}  // namespace pw::watchlist
