#pragma once
/// The user that the daemon runs as.

#include <filesystem>
#include <optional>
#include <string>

namespace pw::cli {

/// If this process is root's and the state folder somebody else's, takes the effective ids of that user for good, so
/// that files are found that the daemon cannot use. Returns what was done, for people; nullopt: nothing.
std::optional<std::string> act_as_owner_of(const std::filesystem::path& state);

/// The name of the user who owns the folder, if that is another one than the one this process acts as.
std::optional<std::string> other_owner_of(const std::filesystem::path& folder);

}  // namespace pw::cli
