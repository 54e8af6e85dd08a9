#pragma once
/// The command line of `presswatch`, built from the table of verbs.

namespace pw::cli {

/// Parses the arguments and runs the verb. Returns the exit code of the process. Exceptions from the verb propagate.
int run_command_line(int argc, const char* const* argv);

}  // namespace pw::cli
