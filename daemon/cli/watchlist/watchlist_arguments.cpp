#include "cli/commands.hpp"
#include "cli/watchlist/watchlist_commands.hpp"

#include <CLI/CLI.hpp>

#include <memory>

namespace pw::cli {
namespace {

void add_config(CLI::App& verb, std::filesystem::path& config) {
  config = default_config();
  verb.add_option("-c,--config", config, "the configuration file")->capture_default_str();
}

void add_list(CLI::App& watchlist, int& code) {
  auto in = std::make_shared<ListOptions>();
  CLI::App* verb = watchlist.add_subcommand("list", "every watchlist, how it stands, and what it has found");
  verb->add_option("--group", in->group, "only the lists of this group");
  verb->add_flag("--json", in->json, "as JSON, with notes and places");
  add_config(*verb, in->config);
  verb->callback([in, &code] { code = run_watchlist_list(*in); });
}

void add_add(CLI::App& watchlist, int& code) {
  auto in = std::make_shared<AddOptions>();
  config::WatchlistSettings& list = in->list;
  CLI::App* verb = watchlist.add_subcommand("add", "write a new watchlist to a file of its own, and reload");
  verb->add_option("id", list.id, "its id, the channel on the bus: a-z 0-9 . _ -")->required();
  auto* query = verb->add_option("--query", list.query, "what to look for, as a query");
  auto* keywords = verb->add_option("--keywords", list.keywords, "or words and phrases, with commas between them");
  keywords->delimiter(',')->excludes(query);
  verb->add_option("--title", list.title, "for people");
  verb->add_option("--group", list.group, "the group whose settings it inherits");
  verb->add_option("--priority", list.priority, "low, normal or high")->capture_default_str();
  verb->add_option("--languages", list.languages, "only articles in these, as in en,ru")->delimiter(',');
  verb->add_option("--sources", list.sources, "only from these: ids, or tag:NAME")->delimiter(',');
  verb->add_option("--fields", list.fields, "look only at these: title, lead, text")->delimiter(',');
  verb->add_option("--owner", list.owner.name, "who answers for it");
  verb->add_option("--contact", list.owner.contact, "where the owner is reached");
  verb->add_option("--min-score", list.min_score, "matches with less raise no alert");
  verb->add_option("--min-mentions", list.min_mentions, "nor do those with fewer mentions");
  verb->add_option("--notes", list.notes, "for colleagues");
  add_config(*verb, in->config);
  verb->callback([in, &code] {
    if (in->list.title.empty()) in->list.title = in->list.id;
    code = run_watchlist_add(*in);
  });
}

void add_remove(CLI::App& watchlist, int& code) {
  auto config = std::make_shared<std::filesystem::path>();
  auto id = std::make_shared<std::string>();
  CLI::App* verb = watchlist.add_subcommand("remove", "cut a watchlist out of its file, and reload");
  verb->add_option("id", *id, "its id")->required();
  add_config(*verb, *config);
  verb->callback([config, id, &code] { code = run_watchlist_remove(*config, *id); });
}

void add_test(CLI::App& watchlist, int& code) {
  auto in = std::make_shared<TestOptions>();
  CLI::App* verb = watchlist.add_subcommand("test", "would a watchlist match these, and why or why not");
  verb->add_option("list", in->list, "a watchlist's id, or a file of watchlists")->required();
  verb->add_option("input", in->inputs, "URLs, HTML files, or text files whose first line is the title")->required();
  verb->add_option("--source", in->source, "the source that they are taken to be from");
  verb->add_flag("--allow-private", in->allow_private, "fetch from loopback and private networks too");
  verb->add_flag("--json", in->json, "a JSON object a line");
  add_config(*verb, in->config);
  verb->footer("Exit codes: 0 each list takes each input; 3 one does not.");
  verb->callback([in, &code] { code = run_watchlist_test(*in); });
}

void add_import(CLI::App& watchlist, int& code) {
  auto in = std::make_shared<ImportOptions>();
  CLI::App* verb = watchlist.add_subcommand("import", "make watchlists of a table or of alerts of another service");
  verb->add_option("file", in->file, "a .csv or .tsv with a row of names first, or a text with an alert a line")
      ->required();
  verb->add_option("--group", in->group, "the group of what is imported; made where there is none");
  verb->add_option("--as", in->name, "the name of the new file, without .toml");
  verb->add_flag("--dry-run", in->dry_run, "print the new file instead");
  add_config(*verb, in->config);
  verb->callback([in, &code] { code = run_watchlist_import(*in); });
}

}  // namespace

void add_watchlist_commands(CLI::App& app, int& code) {
  CLI::App* watchlist = app.add_subcommand("watchlist", "keep watchlists: list, add, remove, test, import");
  watchlist->require_subcommand(1);
  add_list(*watchlist, code);
  add_add(*watchlist, code);
  add_remove(*watchlist, code);
  add_test(*watchlist, code);
  add_import(*watchlist, code);
}

}  // namespace pw::cli
