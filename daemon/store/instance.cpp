#include "store/instance.hpp"

#include "core/log.hpp"
#include "core/message_of.hpp"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <system_error>

namespace pw::store {
namespace {

constexpr std::string_view kMark = "presswatch instance 1 ";
constexpr std::size_t kIdSize = 32;
constexpr std::size_t kHeadSize = 20;
constexpr std::size_t kLineSize = kMark.size() + kIdSize + 1 + kIdSize + 1 + kHeadSize + 1;

struct Line {
  Id current;
  Id previous;
  std::uint64_t head = 0;
};

std::optional<Line> parse(std::string_view text) {
  if (text.size() != kLineSize || !text.starts_with(kMark)) return std::nullopt;
  text.remove_prefix(kMark.size());
  const auto current = id_from_hex(text.substr(0, kIdSize));
  const auto previous = id_from_hex(text.substr(kIdSize + 1, kIdSize));
  const std::string_view digits = text.substr(2 * (kIdSize + 1), kHeadSize);
  Line out;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out.head);
  if (!current || !previous || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  out.current = *current;
  out.previous = *previous;
  return out;
}

std::string read_all(int descriptor, const std::string& path) {
  std::array<char, kLineSize + 1> buffer{};
  const ssize_t size = ::pread(descriptor, buffer.data(), buffer.size(), 0);
  if (size < 0) {
    throw std::runtime_error(fmt::format("{}: it cannot be read: {}", path, message_of_errno(errno)));
  }
  return {buffer.data(), static_cast<std::size_t>(size)};
}

std::optional<Id> instance_of(Database& db) {
  Query query = db.query("SELECT value FROM meta WHERE key = 'instance'");
  return query.step() ? std::optional(query.id(0)) : std::nullopt;
}

std::uint64_t head_of(Database& db) {
  Query query = db.query("SELECT value FROM meta WHERE key = 'head'");
  return query.step() ? static_cast<std::uint64_t>(query.number(0)) : 0;
}

/// The evidence that the database is not the one last written, or "".
std::string suspicion(const std::optional<Id>& instance, std::uint64_t head, const std::string& text) {
  // Neither exists: the database is older than instances.
  if (text.empty() && !instance) return "";
  const auto line = parse(text);
  if (text.empty()) return "the file is missing";
  if (!line) return "the file cannot be read";
  if (head < line->head) return fmt::format("it ends with alert {}, but {} were given out", head, line->head);
  // The previous id is accepted: a start may have been interrupted between writing the file and the database.
  if (!instance || (*instance != line->current && *instance != line->previous))
    return "the file belongs to another run";
  return "";
}

}  // namespace

Instance::Instance(Database& db, const std::string& database_path)
    : path_(database_path + ".instance"),
      descriptor_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
      current_(random_id()) {
  if (descriptor_ < 0) {
    throw std::runtime_error(
        fmt::format("{}: {}. This user must be able to read and write it", path_, message_of_errno(errno)));
  }
  try {
    const auto instance = instance_of(db);
    head_ = head_of(db);
    previous_ = instance.value_or(current_);
    const std::string why = suspicion(instance, head_, read_all(descriptor_, path_));
    db.execute("BEGIN IMMEDIATE");
    if (!why.empty()) {
      db.query("UPDATE meta SET value = ? WHERE key = 'log_id'").bind(random_id()).run();
      log::say(
          "store-restored",
          "store: {} was restored, copied or cut back: {} ({}). The log of alerts gets a new id, so that subscribers "
          "do not go on from numbers of the old one",
          database_path, why, path_);
    }
    db.query("INSERT OR REPLACE INTO meta VALUES ('instance', ?)").bind(current_).run();
    write(true);
    db.execute("COMMIT");
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

Instance::~Instance() { ::close(descriptor_); }

void Instance::set_head(std::uint64_t head) noexcept {
  head_ = head;
  try {
    write(false);
  } catch (const std::exception&) {
    // The next alert writes it again.
  }
}

void Instance::write(bool sync) {
  const std::string line = fmt::format("{}{} {} {:020}\n", kMark, to_hex(current_), to_hex(previous_), head_);
  const bool written =
      ::pwrite(descriptor_, line.data(), line.size(), 0) == static_cast<ssize_t>(line.size()) &&
      (!sync || (::ftruncate(descriptor_, static_cast<off_t>(line.size())) == 0 && ::fsync(descriptor_) == 0));
  if (!written) {
    throw std::runtime_error(fmt::format("{}: {}. Is there room on its disk?", path_, message_of_errno(errno)));
  }
}

}  // namespace pw::store
