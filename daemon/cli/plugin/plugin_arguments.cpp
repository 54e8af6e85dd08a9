#include "cli/commands.hpp"
#include "cli/plugin/plugin_commands.hpp"

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

void add_author(CLI::App& plugin, int& code, const char* name, const char* help, int (*run)(const AuthorOptions&)) {
  auto in = std::make_shared<AuthorOptions>();
  CLI::App* verb = plugin.add_subcommand(name, help);
  verb->add_option("folder", in->folder, "the plugin's folder")->required();
  if (run == run_plugin_test) {
    verb->add_flag("--update", in->update, "what is emitted now becomes what is expected");
  }
  if (run == run_plugin_test || run == run_plugin_check) {
    verb->add_option("--cases", in->cases, "where the cases are, if not in tests/ of the folder");
    verb->add_option("--progress-fd", in->progress_fd)->group("");
  } else if (run != run_plugin_build) {
    verb->add_option("url", in->url, "the option \"url\" of the source");
    verb->add_option("--set", in->set, "an option of the source as NAME=VALUE; may be repeated")->take_all();
    verb->add_flag("--allow-private", in->allow_private, "fetch from loopback and private networks too");
  }
  if (run == run_plugin_record) verb->add_option("--name", in->name, "of the case")->capture_default_str();
  if (run == run_plugin_run) verb->add_flag("--json", in->json, "the result as JSON");
  verb->callback([in, run, &code] { code = run(*in); });
}

void add_list(CLI::App& plugin, int& code) {
  auto config = std::make_shared<std::string>(default_config().string());
  auto name = std::make_shared<std::string>();
  CLI::App* list = plugin.add_subcommand("list", "the plugins there are");
  list->add_option("-c,--config", *config, "the configuration that says where packages are")->capture_default_str();
  list->callback([config, &code] { code = run_plugin_list(*config, ""); });
  CLI::App* info = plugin.add_subcommand("info", "one plugin and its options");
  info->add_option("name", *name, "the plugin")->required();
  info->add_option("-c,--config", *config, "the configuration that says where packages are")->capture_default_str();
  info->callback([config, name, &code] { code = run_plugin_list(*config, *name); });
}

void add_switch(CLI::App& plugin, int& code, const char* verb, const char* help, bool enabled) {
  auto config = std::make_shared<std::string>(default_config().string());
  auto name = std::make_shared<std::string>();
  CLI::App* made = plugin.add_subcommand(verb, help);
  made->add_option("name", *name, "the plugin")->required();
  made->add_option("-c,--config", *config, "the configuration that says where packages are")->capture_default_str();
  made->callback([config, name, enabled, &code] { code = run_plugin_switch(*config, *name, enabled); });
}

void add_new(CLI::App& plugin, int& code) {
  auto in = std::make_shared<NewOptions>();
  CLI::App* verb = plugin.add_subcommand("new", "a package that passes its test at once");
  verb->add_option("folder", in->folder, "the folder to make; its last part is the plugin's name")->required();
  verb->add_option("--lang", in->language, "toml, python, c or cpp")
      ->check(CLI::IsMember({"toml", "python", "c", "cpp"}))
      ->capture_default_str();
  verb->callback([in, &code] { code = run_plugin_new(*in); });
}

}  // namespace

void add_plugin_commands(CLI::App& app, int& code) {
  CLI::App* plugin = app.add_subcommand("plugin", "add sources: suggest, write, try and test plugins");
  plugin->require_subcommand(1);
  add_suggest(*plugin, code);
  add_new(*plugin, code);
  add_author(*plugin, code, "run", "one turn with the network, every emitted value explained", run_plugin_run);
  add_author(*plugin, code, "record", "the same, kept as a test case", run_plugin_record);
  add_author(*plugin, code, "build", "compile the sources of a native package", run_plugin_build);
  add_author(*plugin, code, "test", "play the recorded cases back, without a network", run_plugin_test);
  add_author(*plugin, code, "check", "try it with everything that can go wrong", run_plugin_check);
  add_list(*plugin, code);
  add_switch(*plugin, code, "enable", "use a package again that was disabled", true);
  add_switch(*plugin, code, "disable", "do not use a package; its sources rest and say why", false);
}

}  // namespace pw::cli
