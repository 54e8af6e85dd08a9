#pragma once
/// Writes configuration files atomically, so that no reader ever sees a partial file. Blocking I/O; any thread.

#include "core/result.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace pw::watchlist {

/// Creates a file that everybody may read and only its owner may write. Returns nullopt on success, Errc::refused if
/// the file exists, Errc::io on other errors.
std::optional<Error> create_file(const std::filesystem::path& file, std::string_view text);

/// Replaces the content of a file in one step (rename), keeping its owner and permissions. If `file` is a symbolic
/// link, its target is replaced. Returns nullopt on success, otherwise Errc::io.
std::optional<Error> replace_file(const std::filesystem::path& file, std::string_view text);

/// Removes a file. Returns nullopt on success, otherwise Errc::io.
std::optional<Error> remove_file(const std::filesystem::path& file);

}  // namespace pw::watchlist
