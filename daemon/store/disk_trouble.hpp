#pragma once
/// Knows when the disk takes no writes, says so once, and notices by itself that it takes them again.

#include "core/mutex.hpp"
#include "store/database.hpp"

#include <chrono>
#include <exception>
#include <optional>
#include <string>

namespace pw::store {

/// Belongs to the store's thread, but for message().
class DiskTrouble {
 public:
  explicit DiskTrouble(std::string path) : path_(std::move(path)) {}

  /// Why nothing can be written, for people; nothing: the disk takes writes. Any thread.
  [[nodiscard]] std::optional<std::string> message() const;

  /// Runs `work`. What it throws becomes an Error, and trouble where the disk refused.
  template <class Work>
  std::optional<Error> guard(const Work& work) {
    try {
      work();
      return std::nullopt;
    } catch (const DbError& error) {
      note(error);
      return to_error(error);
    } catch (const std::exception& error) {
      return fail(Errc::io, "the store: {}", error.what());
    }
  }

  /// In trouble, every few seconds: writes for a try as much as a batch may need, and takes it back. Only this ends the
  /// trouble: a small batch may still fit where the next does not.
  void try_again_in_turn(Database& db);

 private:
  void note(const DbError& error);
  void end();

  const std::string path_;
  std::chrono::steady_clock::time_point since_, next_try_;
  std::size_t failures_ = 0;

  mutable Mutex mutex_;
  std::optional<std::string> message_ PW_GUARDED_BY(mutex_);
};

}  // namespace pw::store
