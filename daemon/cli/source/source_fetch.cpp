#include "cli/daemon_options.hpp"
#include "cli/verb.hpp"

#include <boost/json/value_from.hpp>

#include <memory>
#include <string>
#include <vector>

namespace pw::cli {
namespace {

struct FetchOptions {
  DaemonOptions daemon;
  std::vector<std::string> ids;
};

}  // namespace

Run source_fetch_verb(Arguments& arguments) {
  auto in = std::make_shared<FetchOptions>();
  arguments.add("id", &in->ids, "the ids of the sources").required = true;
  take_daemon(arguments, in->daemon);
  return [in] { return run_control(in->daemon, {{"cmd", "fetch"}, {"sources", boost::json::value_from(in->ids)}}); };
}

}  // namespace pw::cli
