#include "cli/commands.hpp"
#include "cli/config_commands.hpp"
#include "cli/endpoints.hpp"
#include "cli/highlight.hpp"
#include "cli/inspect/inspect.hpp"
#include "cli/plugin/plugin_commands.hpp"
#include "cli/query/match_command.hpp"
#include "cli/query/query_commands.hpp"
#include "cli/watchlist/watchlist_commands.hpp"
#include "config/load.hpp"
#include "core/log.hpp"
#include "core/memory.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

namespace {

using namespace pw::cli;

constexpr const char* kFooter =
    "Exit codes: 0 done; 1 it could not be done; 2 the command line is wrong; 3 `try`, `query explain --on` or\n"
    "`watchlist test` found no match; 78 the configuration has errors.\n\n"
    "The configuration is looked for in $PRESSWATCH_CONFIG, /etc/presswatch/presswatch.toml and\n"
    "config/presswatch.toml.";

struct Arguments {
  std::string config = default_config().string();
  std::string daemon;  // the configuration of the daemon to talk to; empty: the default one
  std::string socket;
  bool json = false;
  bool no_colour = false;
  TailOptions tail;
  TryOptions attempt;
  std::string since;
  std::string kind;
  std::vector<std::string> inputs;
  std::string batch;
  std::string inspect_url;
  std::string content_type;
  bool timing = false;
  bool explain = false;
  std::string without;
  std::string queries;
  std::string docs;
  unsigned threads = 1;
};

void add_tail(CLI::App& app, Arguments& in, int& code) {
  CLI::App* tail = app.add_subcommand("tail", "follow alerts as they come");
  tail->add_option("-c,--config", in.daemon, "the configuration of the daemon to follow");
  tail->add_option("--live", in.tail.live, "its LIVE endpoint, if not the configuration's");
  tail->add_option("--log", in.tail.log, "its LOG endpoint, if not the configuration's");
  tail->add_option("--topic", in.tail.topic, "only the alerts of this watchlist");
  tail->add_option("--since", in.since, "begin with the alerts of the last while, as in 2h or 7d");
  tail->add_option("--count", in.tail.count, "end after so many alerts");
  tail->add_flag("--json", in.json, "one JSON object a line");
  tail->add_flag("--no-colour,--no-color", in.no_colour, "no colours on a terminal");
  tail->callback([&] {
    if (!in.since.empty()) in.tail.since = in.since;
    if (in.tail.live.empty() || in.tail.log.empty()) {
      const BusEndpoints daemon = find_bus(in.daemon);
      warn_of_mistakes(in.daemon);
      if (in.tail.live.empty()) in.tail.live = daemon.live;
      if (in.tail.log.empty()) in.tail.log = daemon.log;
    }
    in.tail.json = in.json;
    in.tail.colour = terminal_has_colour() && !in.no_colour;
    code = run_tail(in.tail);
  });
}

void add_try(CLI::App& app, Arguments& in, int& code) {
  CLI::App* attempt = app.add_subcommand("try", "what would I be alerted to by this page, and why");
  attempt->add_option("target", in.attempt.target, "a URL or a file")->required();
  attempt->add_option("-c,--config", in.config, "the configuration whose watchlists are tried")->capture_default_str();
  attempt->add_option("--url", in.attempt.url, "where a file would have been fetched from");
  attempt->add_option("--source", in.attempt.source,
                      "the source that it is taken to be from; some watchlists want that");
  attempt->add_flag("--allow-private", in.attempt.allow_private, "fetch from loopback and private networks too");
  attempt->add_flag("--json", in.json, "the result as one JSON object");
  attempt->add_flag("--no-colour,--no-color", in.no_colour, "no colours on a terminal");
  attempt->callback([&] {
    in.attempt.config = in.config;
    in.attempt.json = in.json;
    in.attempt.colour = terminal_has_colour() && !in.no_colour;
    code = run_try(in.attempt);
  });
}

void add_inspect(CLI::App& app, Arguments& in, int& code) {
  CLI::App* inspect = app.add_subcommand("inspect", "what presswatch makes of an input, as JSON");
  std::string kinds;
  for (const InspectKind* kind : inspect_kinds()) {
    kinds += "\n  " + std::string(kind->name) + ": " + std::string(kind->summary);
  }
  inspect->footer("Kinds:" + kinds +
                  "\n\nAn input is a file, or - for standard input; of kinds that read a short text, the text itself.");
  inspect->add_option("kind", in.kind, "what the input is")->required();
  inspect->add_option("input", in.inputs, "the input; robots takes a URL second, selector an HTML file");
  inspect->add_option("--batch", in.batch, "a .jsonl file of cases; prints one JSON line for each");
  inspect->add_option("--url", in.inspect_url, "where the input was fetched from");
  inspect->add_option("--content-type", in.content_type, "what HTTP said of it");
  inspect->add_flag("--explain", in.explain, "say why as well");
  inspect->add_option("--without", in.without, "page: rules of extraction to switch off, to see what they are worth");
  inspect->add_flag(
      "--timing", in.timing,
      "items a second of the work itself, on standard error; the first case is run twice, and timed once");
  inspect->callback([&] {
    code =
        run_inspect({in.kind, in.inputs, in.batch, in.inspect_url, in.content_type, in.explain, in.timing, in.without});
  });
}

void add_control(CLI::App& app, Arguments& in, int& code, const std::string& name, const std::string& help) {
  CLI::App* command = app.add_subcommand(name, help);
  command->add_option("-c,--config", in.daemon, "the configuration of the daemon to ask");
  command->add_option("--socket", in.socket, "its control socket, if not the configuration's");
  command->add_flag("--json", in.json, "the answer as JSON");
  command->callback([&in, &code, name] {
    const std::filesystem::path socket = in.socket.empty() ? find_control(in.daemon) : std::filesystem::path(in.socket);
    // A reload has the daemon say what is wrong.
    if (in.socket.empty() && name != "reload") warn_of_mistakes(in.daemon);
    code = run_control(name, socket, in.json);
  });
}

int run(int argc, char** argv) {
  CLI::App app{"presswatch: the command beside presswatchd, which watches the news and publishes alerts."};
  app.set_version_flag("--version", "presswatch " PW_VERSION);
  app.require_subcommand(1);
  app.footer(kFooter);
  Arguments in;
  int code = kExitOk;
  add_tail(app, in, code);
  add_try(app, in, code);
  CLI::App* check = app.add_subcommand("check", "read the configuration and name every mistake");
  check->add_option("-c,--config", in.config, "the configuration file")->capture_default_str();
  check->callback([&] { code = run_check(in.config); });
  add_inspect(app, in, code);
  CLI::App* match = app.add_subcommand("match", "match documents against queries, both JSON lines");
  match->add_option("--queries", in.queries, "lines of {\"id\", \"query\"}")->required();
  match->add_option("--docs", in.docs, "lines of {\"id\", \"title\", \"text\"}")->required();
  match->add_option("--threads", in.threads, "matching threads")->capture_default_str();
  match->add_flag("--timing", in.timing, "time of the matching itself, on standard error");
  match->callback([&] { code = run_match(in.queries, in.docs, in.timing, in.threads); });
  add_config_commands(app, code);
  add_query_commands(app, code);
  add_watchlist_commands(app, code);
  add_plugin_commands(app, code);
  add_control(app, in, code, "sources", "the state of every source, and why");
  add_control(app, in, code, "status", "what the daemon is doing");
  add_control(app, in, code, "reload", "have the daemon read its configuration again");
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? kExitOk : kExitUsage;
  }
  return code;
}

}  // namespace

int main(int argc, char** argv) {
  pw::keep_freed_memory();
  try {
    pw::log::start("warn");
    return run(argc, argv);
  } catch (const pw::config::ConfigError& error) {
    std::cerr << error.what() << '\n';
    return kExitConfig;
  } catch (const std::exception& error) {
    std::cerr << "presswatch: " << error.what() << '\n';
    return kExitFailed;
  }
}
