#pragma once
/// Detects that the disk refuses writes, reports it once, and detects when writes succeed again.

#include "core/mutex.hpp"
#include "store/database.hpp"
#include "store/suspicion.hpp"

#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <string>

namespace pw::store {

/// Used by the store thread only, except for message().
class DiskTrouble {
 public:
  DiskTrouble(std::string path, std::shared_ptr<Suspicion> suspicion)
      : path_(std::move(path)), suspicion_(std::move(suspicion)) {}

  /// Why nothing can be written, for people; nothing if writes succeed. Any thread.
  [[nodiscard]] std::optional<std::string> message() const;

  /// Runs `work`. Converts exceptions to an Error, and records trouble if the disk refused a write. What
  /// SQLite calls damage raises the suspicion.
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

  /// While in trouble, every few seconds: writes as much as a batch may need, and deletes it. Only success here ends
  /// the trouble, because a small batch may still fit when the next does not.
  void try_again_in_turn(Database& db);

 private:
  void note(const DbError& error);
  void end();

  const std::string path_;
  const std::shared_ptr<Suspicion> suspicion_;
  std::chrono::steady_clock::time_point since_, next_try_;
  std::size_t failures_ = 0;

  mutable Mutex mutex_;
  std::optional<std::string> message_ PW_GUARDED_BY(mutex_);
};

}  // namespace pw::store
