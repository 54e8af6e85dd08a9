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
Run query_explain_verb(Arguments& arguments);
Run query_translate_verb(Arguments& arguments);
Run query_check_verb(Arguments& arguments);
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
Run source_fetch_verb(Arguments& arguments);

namespace {

constexpr std::array kGroups{
    VerbGroup{"config", "the reference of the configuration files"},
    VerbGroup{"query", "read, explain, translate and check queries"},
    VerbGroup{"source", "ask the daemon to poll its sources"},
    VerbGroup{"watchlist", "keep watchlists: list, add, remove, test, import"},
    VerbGroup{"plugin", "add sources: suggest, write, try and test plugins"},
};

constexpr std::array kVerbs{
    Verb{"", "tail", "follow alerts as they come", tail_verb},
    Verb{"", "try", "what would I be alerted to by this page, and why", try_verb},
    Verb{"", "check", "read the configuration and name every mistake", check_verb},
    Verb{"", "inspect", "what presswatch makes of an input, as JSON", inspect_verb},
    Verb{"", "match", "match documents against queries, both JSON lines", match_verb},
    Verb{"config", "sample", "every key with its help and default, commented out", config_sample_verb},
    Verb{"config", "schema", "JSON Schema for editors", config_schema_verb},
    Verb{"config", "manual", "the manual page presswatch.toml(5)", config_manual_verb},
    Verb{"query", "explain", "how a query is read; on an article, why it matches or why not", query_explain_verb},
    Verb{"query", "translate", "a query of another product in the default dialect", query_translate_verb},
    Verb{"query", "check", "name every wrong query of files, with its line", query_check_verb},
    Verb{"source", "fetch", "poll sources now, whenever they are due", source_fetch_verb},
    Verb{"watchlist", "list", "every watchlist, how it stands, and what it has found", watchlist_list_verb},
    Verb{"watchlist", "add", "write a new watchlist to a file of its own, and reload", watchlist_add_verb},
    Verb{"watchlist", "remove", "cut a watchlist out of its file, and reload", watchlist_remove_verb},
    Verb{"watchlist", "test", "would a watchlist match these, and why or why not", watchlist_test_verb},
    Verb{"watchlist", "import", "make watchlists of a table or of alerts of another service", watchlist_import_verb},
    Verb{"plugin", "suggest", "look at a page and write a first source file for it", plugin_suggest_verb},
    Verb{"plugin", "new", "a package that passes its test at once", plugin_new_verb},
    Verb{"plugin", "run", "one turn with the network, every emitted value explained", plugin_run_verb},
    Verb{"plugin", "record", "the same, kept as a test case", plugin_record_verb},
    Verb{"plugin", "build", "compile the sources of a native package", plugin_build_verb},
    Verb{"plugin", "test", "play the recorded cases back, without a network", plugin_test_verb},
    Verb{"plugin", "check", "try it with everything that can go wrong", plugin_check_verb},
    Verb{"plugin", "list", "the plugins there are", plugin_list_verb},
    Verb{"plugin", "info", "one plugin and its options", plugin_info_verb},
    Verb{"plugin", "enable", "use a package again that was disabled", plugin_enable_verb},
    Verb{"plugin", "disable", "do not use a package; its sources rest and say why", plugin_disable_verb},
    Verb{"", "sources", "the state of every source, and why", sources_verb},
    Verb{"", "status", "what the daemon is doing", status_verb},
    Verb{"", "reload", "have the daemon read its configuration again", reload_verb},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

std::span<const VerbGroup> verb_groups() { return kGroups; }

}  // namespace pw::cli
