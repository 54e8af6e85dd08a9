#pragma once
/// What the author's verbs of `presswatch plugin` take.

#include "cli/verb.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace pw::cli {

struct AuthorOptions {
  std::filesystem::path folder;
  std::string url;               ///< the option "url", where the plugin has one
  std::vector<std::string> set;  ///< options as NAME=VALUE
  std::string name = "first";    ///< of a recorded case
  bool update = false;           ///< what is emitted now becomes what is expected
  bool allow_private = false;
  bool json = false;
  std::filesystem::path cases;  ///< where the cases are; empty: in the folder's tests/
  int progress_fd = -1;         ///< this is the child of run_in_trial(), which reads there what it is doing
};

inline void take_folder(Arguments& arguments, AuthorOptions& in) {
  arguments.add("folder", &in.folder, "the plugin's folder").required = true;
}

/// Of the verbs that play recorded cases back.
inline void take_cases(Arguments& arguments, AuthorOptions& in) {
  arguments.add("--cases", &in.cases, "where the cases are, if not in tests/ of the folder");
  arguments.add("--progress-fd", &in.progress_fd, "").hidden = true;
}

}  // namespace pw::cli
