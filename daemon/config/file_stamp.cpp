#include "config/file_stamp.hpp"

#include <algorithm>
#include <ctime>

namespace pw::config {
namespace {

constexpr std::int64_t kNanoseconds = 1'000'000'000;
/// Longer than the clock ticks of file systems, which may be coarse.
constexpr std::int64_t kSettledAfter = kNanoseconds;

std::int64_t to_ns(const timespec& time) { return time.tv_sec * kNanoseconds + time.tv_nsec; }

std::int64_t now_ns() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  return to_ns(now);
}

}  // namespace

bool FileStamp::proves_same(const FileStamp& other) const {
  return settled && device == other.device && inode == other.inode && size == other.size &&
         modified_ns == other.modified_ns && changed_ns == other.changed_ns;
}

FileStamp stamp_of(const struct stat& status) {
  FileStamp out{status.st_dev, status.st_ino, status.st_size, to_ns(status.st_mtim), to_ns(status.st_ctim), false};
  out.settled = out.changed_ns < now_ns() - kSettledAfter;
  return out;
}

bool path_before(std::string_view a, std::string_view b) {
  const auto [in_a, in_b] = std::ranges::mismatch(a, b);
  if (in_a == a.end() || in_b == b.end()) return in_a == a.end() && in_b != b.end();
  const auto rank = [](char c) { return c == '/' ? 0 : static_cast<unsigned char>(c) + 1; };
  return rank(*in_a) < rank(*in_b);
}

}  // namespace pw::config
