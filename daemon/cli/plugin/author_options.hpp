#pragma once
/// Options of the `presswatch plugin` verbs for plugin authors.

#include "cli/verb.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace pw::cli {

struct AuthorOptions {
  std::filesystem::path folder;
  std::string url;               ///< the option "url", if the plugin has one
  std::vector<std::string> set;  ///< options as NAME=VALUE
  std::string name = "first";    ///< of a recorded case
  bool update = false;           ///< replace expected results with the current ones
  bool allow_private = false;
  bool json = false;
  std::filesystem::path cases;  ///< folder of the cases; empty: the package's tests/
  int progress_fd = -1;         ///< if set, this is the child of run_in_trial(), which reads the child's progress there
};

inline void take_folder(Arguments& arguments, AuthorOptions& in) {
  arguments.add("folder", &in.folder, "the plugin's folder").required = true;
}

/// Arguments of the verbs that replay recorded cases.
inline void take_cases(Arguments& arguments, AuthorOptions& in) {
  arguments.add("--cases", &in.cases, "folder of the cases (default: tests/ in the package)");
  arguments.add("--progress-fd", &in.progress_fd, "").hidden = true;
}

}  // namespace pw::cli
