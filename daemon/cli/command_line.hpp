#pragma once
/// The command line of `presswatch`, from the table of its verbs.

namespace pw::cli {

/// Parses the arguments and runs the verb. Returns the exit code of the process; what the verb throws passes through.
int run_command_line(int argc, const char* const* argv);

}  // namespace pw::cli
