#pragma once
/// Programs that the command starts: compilers, and itself for what may crash.

#include "core/result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pw::cli {

/// How a child ended.
struct Ended {
  int code = 0;    ///< its exit code, when `signal` is 0
  int signal = 0;  ///< what killed it
};

/// Runs a program, looked for in PATH, and waits for it. It has this process's standard streams and environment, with
/// `environment` on top. Errc::io where it cannot be started.
Result<Ended> run_program(const std::vector<std::string>& arguments,
                          const std::vector<std::pair<std::string, std::string>>& environment = {});

/// What it writes to its standard output, without white space around; "" where it cannot be had.
std::string output_of(const std::vector<std::string>& arguments);

/// Is there such a program in PATH?
bool has_program(const std::string& name);

}  // namespace pw::cli
