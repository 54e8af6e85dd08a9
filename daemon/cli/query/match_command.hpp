#pragma once
/// `presswatch match`: queries against documents, both JSON lines.

#include <filesystem>

namespace pw::cli {

/// Prints {"doc": id, "queries": [ids]} for each document, in order. Returns the process's exit code.
int run_match(const std::filesystem::path& queries, const std::filesystem::path& docs, bool timing, unsigned threads);

}  // namespace pw::cli
