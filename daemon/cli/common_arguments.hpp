#pragma once
/// Arguments that several verbs share, with the same names and help.

#include "cli/commands.hpp"
#include "cli/verb.hpp"

#include <filesystem>
#include <string>
#include <utility>

namespace pw::cli {

inline void take_config(Arguments& arguments, std::filesystem::path& config,
                        std::string help = "the configuration file") {
  config = default_config();
  arguments.add("-c,--config", &config, std::move(help)).shows_default = true;
}

inline void take_allow_private(Arguments& arguments, bool& allow) {
  arguments.add("--allow-private", &allow, "fetch from loopback and private networks too");
}

inline void take_no_colour(Arguments& arguments, bool& no_colour) {
  arguments.add("--no-colour,--no-color", &no_colour, "no colours on a terminal");
}

}  // namespace pw::cli
