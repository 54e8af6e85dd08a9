#pragma once
/// What a verb of `presswatch` is: it says which arguments it takes, and gives back what to do with them. The parser
/// (command_line.cpp) is the one file that knows the command-line library.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::cli {

/// Where the value of an argument goes. A bool is a flag, and a list may be given more than once.
using Target = std::variant<bool*, int*, unsigned*, std::size_t*, double*, std::string*, std::filesystem::path*,
                            std::vector<std::string>*>;

struct Argument {
  std::string names;  ///< "-c,--config"; of an argument that is known by its place, a name without dashes
  Target target;
  std::string help;
  bool required = false;
  bool shows_default = false;                   ///< in --help: the value that the target has now
  bool hidden = false;                          ///< from --help
  char separator = '\0';                        ///< of a list: between values that are given as one
  std::span<const std::string_view> choices{};  ///< the only values, in upper or lower case
  std::string excludes{};                       ///< the names of an argument that cannot be given as well
};

/// What a verb collects while it is declared.
struct Arguments {
  std::vector<Argument> list;
  std::string footer;  ///< below the list of --help

  /// Adds one; the result is for what is not usual about it, and good until the next.
  Argument& add(std::string names, Target target, std::string help) {
    return list.emplace_back(Argument{std::move(names), target, std::move(help)});
  }
};

/// Does the work, and returns the exit code of the process. It owns the targets of the arguments.
using Run = std::function<int()>;

/// A row of verbs.cpp.
struct Verb {
  std::string_view group;  ///< empty: none
  std::string_view name;
  std::string_view help;
  Run (*declare)(Arguments& arguments);
};

/// Verbs that belong together, as in `presswatch query check`.
struct VerbGroup {
  std::string_view name;
  std::string_view help;
};

/// By the order of --help; the verbs of a group stand together.
std::span<const Verb> verbs();
std::span<const VerbGroup> verb_groups();

}  // namespace pw::cli
