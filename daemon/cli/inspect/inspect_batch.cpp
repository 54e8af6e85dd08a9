#include "cli/inspect/inspect.hpp"

#include <sodium.h>
#include <spdlog/fmt/fmt.h>
#include <zlib.h>

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

namespace pw::cli {
namespace {

std::string read_gzip(const std::filesystem::path& path) {
  const std::unique_ptr<gzFile_s, int (*)(gzFile)> in(gzopen(path.c_str(), "rb"), gzclose);
  if (!in) throw std::runtime_error("cannot open " + path.string());
  std::string out;
  std::vector<char> buffer(1 << 16);
  for (int n = 0; (n = gzread(in.get(), buffer.data(), static_cast<unsigned>(buffer.size()))) != 0;) {
    if (n < 0) throw std::runtime_error("not a readable gzip file: " + path.string());
    out.append(buffer.data(), static_cast<std::size_t>(n));
  }
  return out;
}

std::string read_plain(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot open " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

boost::json::object run_case(const InspectKind& kind, const BatchCase& one, WorkClock& clock) {
  try {
    return kind.batch(one, clock);
  } catch (const std::exception& error) {
    return {{"error", error.what()}};
  }
}

}  // namespace

std::string WorkClock::report() const {
  const double seconds = std::chrono::duration<double>(spent_).count();
  const double megabytes = static_cast<double>(bytes_) / 1e6;
  const double per = seconds > 0 ? 1 / seconds : 0;
  return fmt::format("{} items, {:.1f} MB in {:.3f} s: {:.0f} items/s, {:.1f} MB/s", items_, megabytes, seconds,
                     static_cast<double>(items_) * per, megabytes * per);
}

std::optional<std::string> BatchCase::text(std::string_view key) const {
  const auto* member = row.if_contains(key);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return std::string(member->get_string());
}

std::string BatchCase::file(std::string_view key) const {
  const auto name = text(key);
  if (!name) throw std::runtime_error(fmt::format("the case has no \"{}\"", key));
  const auto path = folder / *name;
  return path.extension() == ".gz" ? read_gzip(path) : read_plain(path);
}

std::string BatchCase::base64(std::string_view key) const {
  const auto encoded = text(key);
  if (!encoded) throw std::runtime_error(fmt::format("the case has no \"{}\"", key));
  std::string out(encoded->size(), '\0');
  std::size_t length = 0;
  const int bad = sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), encoded->data(),
                                    encoded->size(), "\r\n ", &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
  if (bad != 0) throw std::runtime_error(fmt::format("\"{}\" is not base64", key));
  out.resize(length);
  return out;
}

int run_inspect_batch(const InspectKind& kind, const InspectOptions& options) {
  const std::filesystem::path cases = options.batch;
  std::ifstream in(cases);
  if (!in) {
    std::cerr << "presswatch: cannot open " << cases << '\n';
    return 2;
  }
  const auto folder = cases.parent_path();
  WorkClock clock;
  WorkClock unread;  // discarded: the first case runs twice, so that --timing excludes warm-up
  bool warm = false;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    boost::json::error_code bad;
    const boost::json::value row = boost::json::parse(line, bad);
    if (bad || !row.is_object()) {
      std::cerr << "presswatch: " << cases.string() << ':' << number << ": not a JSON object\n";
      return 2;
    }
    const BatchCase one{row.get_object(), folder, options.without};
    if (options.timing && !warm) run_case(kind, one, unread);
    warm = true;
    boost::json::object out = run_case(kind, one, clock);
    for (const std::string_view key : {"case", "id"}) {
      if (const auto* name = row.get_object().if_contains(key); name != nullptr && !out.contains(key)) {
        out.emplace(key, *name);
      }
    }
    std::cout << boost::json::serialize(out) << '\n';
  }
  if (options.timing) std::cerr << clock.report() << '\n';
  return 0;
}

}  // namespace pw::cli
