#include "source/package.hpp"

#include "config/keys/read_keys.hpp"
#include "config/keys/source_keys.hpp"
#include "config/table_reader.hpp"
#include "core/text.hpp"
#include "source/manifest_keys.hpp"
#include "source/ownership.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>
#include <utility>

namespace pw::source {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t kMaxManifest = 256 * 1024;
constexpr std::size_t kMaxOptions = 64;

/// Every source has such a key; an option must not hide it.
bool is_taken(std::string_view name) {
  return std::ranges::find(config::kSourceKeys, name, &Key<config::SourceSettings>::name) != config::kSourceKeys.end();
}

bool is_plugin_name(std::string_view name) {
  const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
  return !name.empty() && name.size() <= 64 && std::ranges::all_of(name, allowed);
}

/// True for the name of a file directly inside the folder.
bool is_file_name(const std::string& name) {
  return !name.empty() && name != "." && name != ".." && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos;
}

/// The value of a keyword of the manifest. The reader has already reported unknown keywords.
template <class Enum, std::size_t N>
void choose(std::string_view word, const std::array<Choice<Enum>, N>& choices, Enum& out) {
  const auto found = std::ranges::find(choices, word, &Choice<Enum>::name);
  if (found != choices.end()) out = found->value;
}

}  // namespace

/// Builds a Package from the tables of a manifest.
class ManifestReader {
 public:
  ManifestReader(Package& package, fs::path file, config::Problems& problems)
      : package_(package), file_(std::move(file)), problems_(problems) {}

  void read() {
    const auto root = config::parse_file(file_, problems_);
    if (!root) return;
    config::TableReader reader(*root, "", file_, problems_);
    const toml::table* plugin = reader.take_table("plugin");
    if (plugin != nullptr) {
      read_plugin(*plugin);
    } else if (!reader.has("plugin")) {
      reader.problem("plugin", "is missing: a manifest starts with [plugin]");
    }
    if (const toml::table* options = reader.take_table("options")) read_options(*options);
    if (const toml::table* limits = reader.take_table("limits")) read_limits(*limits);
    if (const toml::table* access = reader.take_table("access")) read_access(*access);
    // The rules of a plugin without code. They are validated by the loader of the plugin.
    if (package_.kind == PackageKind::toml) reader.take("source");
    reader.finish();
  }

 private:
  void read_plugin(const toml::table& table) {
    config::TableReader in(table, "plugin", file_, problems_);
    ManifestPlugin written;
    config::read_keys<ManifestPlugin>(in, kPluginKeys, written);
    package_.name = std::move(written.name);
    package_.version = std::move(written.version);
    package_.summary = std::move(written.summary);
    package_.command = std::move(written.command);
    choose(written.kind, kKinds, package_.kind);
    choose(written.isolation, kIsolations, package_.isolation);
    choose(written.body, kBodies, package_.body);
    if (!is_plugin_name(package_.name)) in.problem("name", "must be 1 to 64 of a-z 0-9 _ -");
    if (package_.name != package_.folder.filename().string()) {
      in.problem("name",
                 fmt::format("must be the name of its folder, \"{}\"", printable(package_.folder.filename().string())));
    }
    if (in.has("version") && package_.version.empty())
      in.problem("version", "must not be empty, as in version = \"1.0.0\"");
    check_program(in, written.library);
    in.finish();
  }

  void check_program(config::TableReader& in, const std::string& library) {
    const bool native = package_.kind == PackageKind::native;
    const bool exec = package_.kind == PackageKind::exec;
    if (native && !is_file_name(library)) {
      in.problem("library", "must be the name of a file in this folder, as in library = \"plugin.so\"");
    } else if (native) {
      package_.library = package_.folder / library;
      std::error_code error;
      if (!fs::is_regular_file(package_.library, error)) in.problem("library", "is not a file in this folder");
    } else if (in.has("library")) {
      in.problem("library", "is only allowed with kind = \"native\"");
    }
    if (exec && (package_.command.empty() || package_.command.front().empty())) {
      in.problem("command", "must name a program, as in command = [\"python3\", \"plugin.py\"]");
    } else if (!exec && in.has("command")) {
      in.problem("command", "is only allowed with kind = \"exec\"");
    }
  }

  void read_options(const toml::table& table) {
    config::TableReader all(table, "options", file_, problems_);
    if (table.size() > kMaxOptions) all.problem("", fmt::format("there are more than {} options", kMaxOptions));
    for (const auto& [key, node] : table) {
      const toml::table* one = all.take_table(key.str());
      if (one == nullptr) continue;
      if (is_taken(key.str())) {
        all.problem(key.str(), "is a key that every source has; name the option otherwise");
      } else if (!is_plugin_name(key.str())) {
        all.problem(key.str(), "must be 1 to 64 of a-z 0-9 _ -");
      }
      read_option(std::string(key.str()), *one);
    }
  }

  void read_option(std::string name, const toml::table& table) {
    config::TableReader in(table, "options." + name, file_, problems_);
    config::OptionSpec spec;
    ManifestOption written;
    config::read_keys<ManifestOption>(in, kOptionKeys, written);
    choose(written.type, kTypes, spec.type);
    spec.required = written.required;
    if (in.has("default")) {
      package_.fallbacks_.push_back(config::read_option_value(in, "default", spec.type));
      spec.fallback = &package_.fallbacks_.back();
      if (spec.required) in.problem("default", "is never used: the option is required");
    }
    in.finish();
    spec.name = package_.names_.emplace_back(std::move(name));
    spec.help = package_.names_.emplace_back(std::move(written.help));
    package_.options.push_back(spec);
  }

  void read_limits(const toml::table& table) {
    config::TableReader in(table, "limits", file_, problems_);
    Limits& limits = package_.limits;
    config::read_keys<Limits>(in, kLimitKeys, limits);
    if (limits.processes > 1 && package_.kind == PackageKind::native) {
      in.problem("processes", "must be 1: a native plugin cannot fork");
    }
    in.finish();
  }

  void read_access(const toml::table& table) {
    config::TableReader in(table, "access", file_, problems_);
    ManifestAccess written;
    config::read_keys<ManifestAccess>(in, kAccessKeys, written);
    for (const std::string& path : written.read) {
      const fs::path full = fs::path(path).lexically_normal();
      if (!full.is_absolute() || !full.has_relative_path()) {
        in.problem("read", fmt::format("\"{}\" must be an absolute path, and not /; its own folder it may always read",
                                       printable(path)));
      }
      package_.readable.push_back(full);
    }
    in.finish();
  }

  Package& package_;
  fs::path file_;
  config::Problems& problems_;
};

bool Plugin::runs_unconfined() const {
  return package && refused.empty() && package->isolation == Isolation::none && package->kind != PackageKind::toml;
}

std::string_view to_string(PackageKind kind) noexcept {
  return std::ranges::find(kKinds, kind, &Choice<PackageKind>::value)->name;
}

std::string_view to_string(Isolation isolation) noexcept {
  return std::ranges::find(kIsolations, isolation, &Choice<Isolation>::value)->name;
}

std::string Refusal::text() const {
  std::string out;
  for (const config::Problem& problem : problems) out += (out.empty() ? "" : "\n") + problem.text();
  return out;
}

Result<std::shared_ptr<const Package>, Refusal> read_package(const fs::path& folder) {
  auto package = std::make_shared<Package>();
  package->folder = fs::absolute(folder).lexically_normal();
  if (!package->folder.has_filename()) package->folder = package->folder.parent_path();
  const std::string name = package->folder.filename().string();
  const fs::path manifest = package->folder / "plugin.toml";

  Ownership owned = check_ownership(package->folder);
  if (!owned.problems.empty()) return Refusal{name, std::move(owned.problems)};
  package->fingerprint = owned.fingerprint;

  config::Problems problems;
  std::error_code error;
  const std::uintmax_t size = fs::file_size(manifest, error);
  if (error) {
    problems.add(manifest, fmt::format("cannot be read: {}", error.message()));
  } else if (size > kMaxManifest) {
    problems.add(manifest, fmt::format("is larger than {} bytes", kMaxManifest));
  } else {
    ManifestReader(*package, manifest, problems).read();
  }
  if (!problems.list().empty()) return Refusal{name, std::move(problems.list())};
  return std::shared_ptr<const Package>(std::move(package));
}

std::vector<fs::path> find_packages(const fs::path& directory) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (fs::exists(it->path() / "plugin.toml", ignored)) out.push_back(it->path());
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace pw::source
