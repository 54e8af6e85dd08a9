#pragma once
/// A reader or the writer met what SQLite calls damage; whether it is, a check of the file has to tell.

#include <atomic>

namespace pw::store {

/// Any thread.
class Suspicion {
 public:
  void raise() noexcept { raised_ = true; }
  /// True once after each raise().
  bool take() noexcept { return raised_.exchange(false); }

 private:
  std::atomic<bool> raised_ = false;
};

}  // namespace pw::store
