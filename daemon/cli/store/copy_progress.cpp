#include "cli/store/copy_progress.hpp"

#include "core/time.hpp"

#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <iostream>
#include <memory>

namespace pw::cli {

store::CopyProgress show_progress() {
  if (::isatty(STDERR_FILENO) == 0) return {};
  return [shown = std::make_shared<std::size_t>(101)](std::size_t done, std::size_t all) {
    const std::size_t percent = all == 0 ? 0 : done * 100 / all;
    if (percent == *shown) return;
    *shown = percent;
    std::cerr << fmt::format("\r{} %{}", percent, done == all ? ", checking the copy\n" : "") << std::flush;
  };
}

std::string describe(const store::BackupContents& contents) {
  constexpr double kMebibyte = 1048576;
  const std::string newest =
      contents.alerts == 0 ? "" : fmt::format(" up to number {} of {}", contents.head, to_iso8601(contents.newest));
  return fmt::format("{} alerts{}, {} articles, {:.1f} MiB", contents.alerts, newest, contents.articles,
                     static_cast<double>(contents.bytes) / kMebibyte);
}

}  // namespace pw::cli
