#pragma once
/// Runs child programs: compilers, and this program itself for work that may crash.

#include "core/result.hpp"

#include <string>
#include <utility>
#include <vector>

namespace pw::cli {

/// How a child process ended.
struct Ended {
  int code = 0;    ///< exit code, if `signal` is 0
  int signal = 0;  ///< the signal that killed it
};

/// Runs a program from PATH and waits for it. The child inherits the standard streams and the environment, with
/// `environment` added. Errc::io if it cannot be started.
Result<Ended> run_program(const std::vector<std::string>& arguments,
                          const std::vector<std::pair<std::string, std::string>>& environment = {});

/// The program's standard output, trimmed; "" on failure.
std::string output_of(const std::vector<std::string>& arguments);

/// True if PATH has such a program.
bool has_program(const std::string& name);

}  // namespace pw::cli
