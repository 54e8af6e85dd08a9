#pragma once
/// The error that only a person can mend.

#include <stdexcept>
#include <string>

namespace pw::store {

/// The database is damaged, or is none. The message names the file and says what to do.
struct DamagedError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Something said that the database at `path` is damaged: throws DamagedError if a check of the whole file finds
/// damage, too, and std::runtime_error otherwise. Takes as long as reading the file.
[[noreturn]] void confirm_damage(const std::string& what, const std::string& path);

}  // namespace pw::store
