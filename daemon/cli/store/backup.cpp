#include "cli/commands.hpp"
#include "cli/common_arguments.hpp"
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

struct BackupInput {
  std::string file;
  std::string config;
  bool force = false;
};

int run(const BackupInput& in) {
  const std::string database = find_database(in.config).string();
  try {
    const store::BackupContents contents = store::back_up(database, in.file, in.force, show_progress());
    std::cout << fmt::format("{}: {}\n", in.file, describe(contents));
    return kExitOk;
  } catch (const store::DamagedError& error) {
    report(fmt::format("{}. No backup was made; `presswatch check-store` says more", error.what()));
    return kExitDamaged;
  } catch (const std::exception& error) {
    return report(fmt::format("no backup was made: {}", error.what()));
  }
}

}  // namespace

Run backup_verb(Arguments& arguments) {
  auto in = std::make_shared<BackupInput>();
  arguments.add("file", &in->file, "where to write the backup").required = true;
  arguments.add("-f,--force", &in->force, "replace the file if it exists");
  arguments.add("-c,--config", &in->config, "the configuration of the daemon whose database is meant");
  arguments.footer =
      "The daemon may run and does not notice. The file is complete, checked and of mode 0600 when it appears.\n"
      "Exit codes: 0 done, 1 it could not be done, 74 the database is damaged.";
  return [in] { return run(*in); };
}

}  // namespace pw::cli
