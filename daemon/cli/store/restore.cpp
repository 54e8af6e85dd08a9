#include "cli/commands.hpp"
#include "cli/endpoints.hpp"
#include "cli/report.hpp"
#include "cli/store/copy_progress.hpp"
#include "cli/verb.hpp"

#include <spdlog/fmt/fmt.h>

#include <exception>
#include <iostream>
#include <memory>
#include <string>

namespace pw::cli {
namespace {

struct RestoreInput {
  std::string file;
  std::string config;
};

int run(const RestoreInput& in) {
  const std::string database = find_database(in.config).string();
  try {
    const store::Restored done = store::restore(database, in.file, show_progress());
    std::cout << fmt::format("restored {}\n{}\n", describe(done.contents),
                             done.kept.empty() ? "There was no database before."
                                               : fmt::format("The database before it is kept: {}", done.kept));
    std::cout << fmt::format("The log has the new id {}. Start presswatchd now.\n", to_hex(done.log_id));
    return kExitOk;
  } catch (const store::DamagedError& error) {
    report(fmt::format("{}. Nothing was changed", error.what()));
    return kExitDamaged;
  } catch (const std::exception& error) {
    return report(fmt::format("not restored: {}", error.what()));
  }
}

}  // namespace

Run restore_verb(Arguments& arguments) {
  auto in = std::make_shared<RestoreInput>();
  arguments.add("file", &in->file, "the backup").required = true;
  arguments.add("-c,--config", &in->config, "the configuration of the daemon whose database is meant");
  arguments.footer =
      "Stop the daemon first. The backup is checked before anything is changed, and the database that it replaces\n"
      "is kept beside it. Exit codes: 0 done, 1 it could not be done, 74 the backup is damaged.";
  return [in] { return run(*in); };
}

}  // namespace pw::cli
