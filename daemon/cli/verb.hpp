#pragma once
/// A verb of `presswatch`: declares its arguments and returns the function to run. Only the parser (command_line.cpp)
/// knows the command-line library.

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pw::cli {

/// Target of an argument's value. A bool is a flag; a list may be given more than once.
using Target = std::variant<bool*, int*, unsigned*, std::size_t*, double*, std::string*, std::filesystem::path*,
                            std::vector<std::string>*>;

struct Argument {
  std::string names;  ///< "-c,--config"; for a positional argument, a name without dashes
  Target target;
  std::string help;
  bool required = false;
  bool shows_default = false;                   ///< in --help: the target's current value
  bool hidden = false;                          ///< from --help
  char separator = '\0';                        ///< for lists: separates several values in one argument
  std::span<const std::string_view> choices{};  ///< the only allowed values, case-insensitive
  std::string excludes{};                       ///< names of arguments that cannot be combined with this one
};

/// Collects the declarations of a verb.
struct Arguments {
  std::vector<Argument> list;
  std::string footer;  ///< shown below the arguments in --help

  /// Adds an argument. The returned reference, for setting further attributes, is valid until the next call.
  Argument& add(std::string names, Target target, std::string help) {
    return list.emplace_back(Argument{std::move(names), target, std::move(help)});
  }
};

/// Runs the verb and returns the exit code of the process. Owns the targets of the arguments.
using Run = std::function<int()>;

/// A row of verbs.cpp.
struct Verb {
  std::string_view group;  ///< empty: none
  std::string_view name;
  std::string_view help;
  Run (*declare)(Arguments& arguments);
};

/// A group of verbs, such as `presswatch query check`.
struct VerbGroup {
  std::string_view name;
  std::string_view help;
};

/// In the order of --help; the verbs of a group are adjacent.
std::span<const Verb> verbs();
std::span<const VerbGroup> verb_groups();

}  // namespace pw::cli
