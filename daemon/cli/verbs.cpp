#include "cli/verb.hpp"

#include <array>

namespace pw::cli {

// Each is defined in the file of its verb.
Run tail_verb(Arguments& arguments);
Run try_verb(Arguments& arguments);
Run check_verb(Arguments& arguments);
Run inspect_verb(Arguments& arguments);
Run match_verb(Arguments& arguments);
Run config_sample_verb(Arguments& arguments);
Run config_schema_verb(Arguments& arguments);
Run config_manual_verb(Arguments& arguments);
Run config_show_verb(Arguments& arguments);
Run config_ids_verb(Arguments& arguments);
Run query_explain_verb(Arguments& arguments);
Run query_translate_verb(Arguments& arguments);
Run query_check_verb(Arguments& arguments);
Run query_manual_verb(Arguments& arguments);
Run watchlist_list_verb(Arguments& arguments);
Run watchlist_add_verb(Arguments& arguments);
Run watchlist_remove_verb(Arguments& arguments);
Run watchlist_test_verb(Arguments& arguments);
Run watchlist_import_verb(Arguments& arguments);
Run plugin_suggest_verb(Arguments& arguments);
Run plugin_new_verb(Arguments& arguments);
Run plugin_run_verb(Arguments& arguments);
Run plugin_record_verb(Arguments& arguments);
Run plugin_build_verb(Arguments& arguments);
Run plugin_test_verb(Arguments& arguments);
Run plugin_check_verb(Arguments& arguments);
Run plugin_list_verb(Arguments& arguments);
Run plugin_info_verb(Arguments& arguments);
Run plugin_enable_verb(Arguments& arguments);
Run plugin_disable_verb(Arguments& arguments);
Run sources_verb(Arguments& arguments);
Run status_verb(Arguments& arguments);
Run reload_verb(Arguments& arguments);
Run messages_verb(Arguments& arguments);
Run backup_verb(Arguments& arguments);
Run restore_verb(Arguments& arguments);
Run check_store_verb(Arguments& arguments);
Run source_fetch_verb(Arguments& arguments);

namespace {

constexpr std::array kGroups{
    VerbGroup{"config", "show the configuration, and print the reference of its files"},
    VerbGroup{"query", "read, explain, translate and check queries"},
    VerbGroup{"source", "ask the daemon to poll its sources"},
    VerbGroup{"watchlist", "manage watchlists: list, add, remove, test, import"},
    VerbGroup{"plugin", "add sources: suggest, write, try and test plugins"},
};

constexpr std::array kVerbs{
    Verb{"", "tail", "follow alerts as they arrive", tail_verb},
    Verb{"", "try", "show which watchlists a page would match, and why", try_verb},
    Verb{"", "check", "check the configuration and report every error", check_verb},
    Verb{"", "inspect", "show how presswatch reads an input, as JSON", inspect_verb},
    Verb{"", "match", "match documents against queries, both JSON lines", match_verb},
    Verb{"config", "sample", "every key with its help and default, commented out", config_sample_verb},
    Verb{"config", "schema", "JSON Schema for editors", config_schema_verb},
    Verb{"config", "manual", "the manual page presswatch.toml(5)", config_manual_verb},
    Verb{"config", "show", "the keys of the main file that are set, or all, with their values", config_show_verb},
    Verb{"config", "ids", "the ids that are configured, one a line, for scripts", config_ids_verb},
    Verb{"query", "explain", "explain how a query is read, and why it matches an article", query_explain_verb},
    Verb{"query", "translate", "translate another product's query to the default dialect", query_translate_verb},
    Verb{"query", "check", "report every invalid query in files, with its line", query_check_verb},
    Verb{"query", "manual", "the manual page presswatch-query(7)", query_manual_verb},
    Verb{"source", "fetch", "poll sources now, even if they are not due", source_fetch_verb},
    Verb{"watchlist", "list", "list watchlists with their state and counts", watchlist_list_verb},
    Verb{"watchlist", "add", "write a new watchlist to its own file, and reload", watchlist_add_verb},
    Verb{"watchlist", "remove", "remove a watchlist from its file, and reload", watchlist_remove_verb},
    Verb{"watchlist", "test", "test whether a watchlist matches documents, and why", watchlist_test_verb},
    Verb{"watchlist", "import", "create watchlists from a table or another service's alerts", watchlist_import_verb},
    Verb{"plugin", "suggest", "inspect a page and draft a source file for it", plugin_suggest_verb},
    Verb{"plugin", "new", "create a package that passes its own test", plugin_new_verb},
    Verb{"plugin", "run", "one turn with the network, every emitted value explained", plugin_run_verb},
    Verb{"plugin", "record", "like run, and save it as a test case", plugin_record_verb},
    Verb{"plugin", "build", "compile the sources of a native package", plugin_build_verb},
    Verb{"plugin", "test", "replay the recorded cases, without a network", plugin_test_verb},
    Verb{"plugin", "check", "test it with malformed input and faults", plugin_check_verb},
    Verb{"plugin", "list", "the plugins there are", plugin_list_verb},
    Verb{"plugin", "info", "show a plugin and its options", plugin_info_verb},
    Verb{"plugin", "enable", "enable a disabled package", plugin_enable_verb},
    Verb{"plugin", "disable", "disable a package; its sources stop and give the reason", plugin_disable_verb},
    Verb{"", "sources", "show the state of every source, and the reason", sources_verb},
    Verb{"", "status", "what the daemon is doing", status_verb},
    Verb{"", "reload", "make the daemon reload its configuration", reload_verb},
    Verb{"", "messages", "explain messages of the log: cause and cure", messages_verb},
    Verb{"", "backup", "copy the database to one file, also while the daemon runs", backup_verb},
    Verb{"", "restore", "put a backup in place of the database", restore_verb},
    Verb{"", "check-store", "check the database and report every problem", check_store_verb},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

std::span<const VerbGroup> verb_groups() { return kGroups; }

}  // namespace pw::cli
