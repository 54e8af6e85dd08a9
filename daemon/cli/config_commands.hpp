#pragma once
/// `presswatch config …`: the reference of the main file, as the key tables give it.

namespace CLI {
class App;
}

namespace pw::cli {

/// Adds `config` with its verbs; the one that is run sets `code`, the exit code of the process.
void add_config_commands(CLI::App& app, int& code);

}  // namespace pw::cli
