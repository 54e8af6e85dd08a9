#pragma once
/// Writes configuration files so that nobody ever reads half of one.

#include "core/result.hpp"

#include <filesystem>
#include <optional>
#include <string_view>

namespace pw::watchlist {

/// A new file that everybody may read and only its owner write. Errc::refused when something of that name is there.
std::optional<Error> create_file(const std::filesystem::path& file, std::string_view text);

/// The file with other content, in one step (rename), with the owner and rights that it had. Behind a symbolic link the
/// file itself is replaced.
std::optional<Error> replace_file(const std::filesystem::path& file, std::string_view text);

std::optional<Error> remove_file(const std::filesystem::path& file);

}  // namespace pw::watchlist
