#pragma once
/// `presswatch inspect KIND`: prints as JSON what presswatch makes of an input. Each kind is in its own
/// inspect_KIND.cpp.

#include <boost/json.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pw::cli {

/// Measures the time of the work itself for --timing, excluding reading files and JSON.
class WorkClock {
 public:
  /// Runs `work` and counts it as one item of `bytes` input bytes.
  template <class F>
  auto time(std::size_t bytes, F&& work) {
    const Stop stop{*this, bytes, std::chrono::steady_clock::now()};
    return std::forward<F>(work)();
  }
  [[nodiscard]] std::string report() const;  ///< "129 items, 9.1 MB in 0.412 s: 313 items/s, 22.1 MB/s"

 private:
  struct Stop {
    WorkClock& clock;
    std::size_t bytes;
    std::chrono::steady_clock::time_point start;
    ~Stop() {
      clock.spent_ += std::chrono::steady_clock::now() - start;
      clock.bytes_ += bytes;
      ++clock.items_;
    }
  };
  std::chrono::steady_clock::duration spent_{};
  std::uint64_t bytes_ = 0;
  std::uint64_t items_ = 0;
};

/// One line of a --batch file. Paths are relative to the folder of that file.
struct BatchCase {
  const boost::json::object& row;
  const std::filesystem::path& folder;
  std::string_view without;  ///< --without: names of extraction rules

  /// A string member, or nullopt if it is missing or null.
  [[nodiscard]] std::optional<std::string> text(std::string_view key) const;
  /// The bytes of the file named by member `key`, decompressed if the name ends in .gz. Throws std::runtime_error.
  [[nodiscard]] std::string file(std::string_view key) const;
  /// The decoded bytes of the base64 member `key`. Throws std::runtime_error.
  [[nodiscard]] std::string base64(std::string_view key) const;
};

/// Input from the command line: a string or the bytes of a file, plus options.
struct SingleInput {
  std::string bytes;
  std::string url;           ///< --url: the address it was fetched from
  std::string content_type;  ///< --content-type
  std::string extra;         ///< second argument of kinds that take two (robots: URL; selector: bytes of the HTML file)
  bool explain = false;      ///< --explain
  std::string without;       ///< --without: names of extraction rules
};

struct InspectKind {
  std::string_view name;
  std::string_view summary;    ///< one line, for --help
  bool input_is_text = false;  ///< the argument is the input itself (a date, a URL), not a file name
  /// Maps one case to one output object. May throw std::exception: the output is then {"error": …}.
  boost::json::object (*batch)(const BatchCase&, WorkClock&);
  boost::json::object (*single)(const SingleInput&);
};

/// All kinds, by name.
std::span<const InspectKind* const> inspect_kinds();

// Each is defined in its own inspect_KIND.cpp and listed in inspect.cpp.
extern const InspectKind kInspectCharset;
extern const InspectKind kInspectDate;
extern const InspectKind kInspectFeed;
extern const InspectKind kInspectPage;
extern const InspectKind kInspectQuery;
extern const InspectKind kInspectRobots;
extern const InspectKind kInspectSelector;
extern const InspectKind kInspectUrl;

struct InspectOptions {
  std::string kind;
  std::vector<std::string> inputs;
  std::string batch;
  std::string url;
  std::string content_type;
  bool explain = false;
  bool timing = false;
  std::string without;
};

/// Reads the cases and prints one JSON line each on stdout. Returns the exit code of the process.
int run_inspect_batch(const InspectKind& kind, const InspectOptions& options);

}  // namespace pw::cli
