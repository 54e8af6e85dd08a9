#include "cli/command_line.hpp"

#include "cli/commands.hpp"
#include "cli/verb.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <stdexcept>

namespace pw::cli {
namespace {

constexpr const char* kFooter =
    "Exit codes: 0 done; 1 it could not be done; 2 the command line is wrong; 3 `try`, `query explain --on` or\n"
    "`watchlist test` found no match; 74 the database is damaged; 78 the configuration has errors.\n\n"
    "The configuration is looked for in $PRESSWATCH_CONFIG, /etc/presswatch/presswatch.toml and\n"
    "config/presswatch.toml.";

CLI::Option* bind(CLI::App& app, const Argument& argument, bool* flag) {
  return app.add_flag(argument.names, *flag, argument.help);
}

CLI::Option* bind(CLI::App& app, const Argument& argument, std::vector<std::string>* list) {
  return app.add_option(argument.names, *list, argument.help)->take_all();
}

template <class T>
CLI::Option* bind(CLI::App& app, const Argument& argument, T* value) {
  return app.add_option(argument.names, *value, argument.help);
}

void add_argument(CLI::App& app, const Argument& argument) {
  CLI::Option* option = std::visit([&](auto* target) { return bind(app, argument, target); }, argument.target);
  option->required(argument.required);
  if (argument.shows_default) option->capture_default_str();
  if (argument.hidden) option->group("");
  if (argument.separator != '\0') option->delimiter(argument.separator);
  if (!argument.choices.empty()) {
    option->transform(
        CLI::IsMember(std::vector<std::string>(argument.choices.begin(), argument.choices.end()), CLI::ignore_case));
  }
  if (!argument.excludes.empty()) option->excludes(app.get_option(argument.excludes));
}

CLI::App& parent_of(CLI::App& app, std::string_view group) {
  if (group.empty()) return app;
  const std::string name(group);
  const auto known = app.get_subcommands([&](const CLI::App* one) { return one->get_name() == name; });
  if (!known.empty()) return *known.front();
  const auto row = std::ranges::find(verb_groups(), group, &VerbGroup::name);
  if (row == verb_groups().end()) throw std::logic_error("verbs.cpp has no row for the group " + name);
  return *app.add_subcommand(name, std::string(row->help))->require_subcommand(1);
}

struct Declared {
  const CLI::App* app;
  Run run;
};

Declared declare(CLI::App& app, const Verb& verb) {
  Arguments arguments;
  Run run = verb.declare(arguments);
  CLI::App* made = parent_of(app, verb.group).add_subcommand(std::string(verb.name), std::string(verb.help));
  for (const Argument& argument : arguments.list) add_argument(*made, argument);
  made->footer(arguments.footer);
  return {made, std::move(run)};
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app{"presswatch: the command beside presswatchd, which watches the news and publishes alerts."};
  app.set_version_flag("--version", "presswatch " PW_VERSION);
  app.require_subcommand(1);
  app.footer(kFooter);
  std::vector<Declared> declared;
  for (const Verb& verb : verbs()) declared.push_back(declare(app, verb));
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  const auto given = std::ranges::find_if(declared, [](const Declared& one) { return one.app->parsed(); });
  return given->run();
}

}  // namespace pw::cli
