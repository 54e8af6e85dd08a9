#include "cli/commands.hpp"
#include "cli/plugin_commands.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace pw::cli {
namespace {

void add_suggest(CLI::App& plugin, int& code) {
  auto in = std::make_shared<SuggestOptions>();
  in->config = default_config();
  CLI::App* verb = plugin.add_subcommand("suggest", "look at a page and write a first source file for it");
  verb->add_option("target", in->target, "a URL or a file")->required();
  verb->add_option("--url", in->url, "where a file would have been fetched from");
  verb->add_option("-o,--output", in->output, "write the file instead of printing it");
  verb->add_option("-c,--config", in->config, "the configuration whose [fetch] is kept to")->capture_default_str();
  verb->add_flag("--allow-private", in->allow_private, "fetch from loopback and private networks too");
  verb->callback([in, &code] { code = run_plugin_suggest(*in); });
}

}  // namespace

void add_plugin_commands(CLI::App& app, int& code) {
  CLI::App* plugin = app.add_subcommand("plugin", "add sources: suggest, write, try and test plugins");
  plugin->require_subcommand(1);
  add_suggest(*plugin, code);
}

}  // namespace pw::cli
