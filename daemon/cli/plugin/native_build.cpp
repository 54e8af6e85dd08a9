#include "cli/plugin/native_build.hpp"

#include "cli/child_program.hpp"
#include "cli/plugin/sdk_files.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <cstdlib>
#include <system_error>
#include <vector>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

#if defined(__SANITIZE_THREAD__)
constexpr bool kMaySanitize = false;  // a process can load only one sanitizer
#else
constexpr bool kMaySanitize = true;
#endif

std::string compiler(const char* variable, const char* otherwise) {
  const char* given = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): one thread
  return given != nullptr && *given != '\0' ? given : otherwise;
}

bool is_c(const fs::path& file) { return file.extension() == ".c"; }

std::vector<fs::path> sources_in(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    const fs::path kind = it->path().extension();
    if (kind == ".c" || kind == ".cc" || kind == ".cpp") out.push_back(it->path());
  }
  std::ranges::sort(out);
  return out;
}

/// The sanitizers' runtime library, to preload into a program without sanitizers. "" if there is none.
struct Sanitizers {
  Words flags;
  std::string preload;
};

Sanitizers sanitizers_of(const std::string& program) {
  Sanitizers out{{"-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-fno-omit-frame-pointer"}, ""};
  const bool is_clang = output_of({program, "--version"}).find("clang") != std::string::npos;
  if (is_clang) out.flags.emplace_back("-shared-libasan");
  for (const char* name : {is_clang ? "libclang_rt.asan-x86_64.so" : "libasan.so", "libclang_rt.asan-aarch64.so"}) {
    const std::string found = output_of({program, std::string("-print-file-name=") + name});
    if (found.starts_with('/') && fs::exists(found)) {
      out.preload = found;
      break;
    }
  }
  return out;
}

Result<void> run(const Words& words) {
  const auto ended = run_program(words);
  if (!ended) return ended.error();
  if (ended->signal != 0 || ended->code != 0) return fail(Errc::plugin, "the sources do not compile");
  return {};
}

class Builder {
 public:
  Builder(const fs::path& folder, const std::string& name, const fs::path& work, BuildFor purpose)
      : folder_(folder),
        work_(work),
        c_(compiler("CC", "cc")),
        cxx_(compiler("CXX", "c++")),
        out_{work / name, "", false},
        flags_(purpose == BuildFor::use ? Words{"-O2", "-g1"} : Words{"-O1", "-g"}) {
    if (purpose == BuildFor::use || !kMaySanitize) return;
    const Sanitizers found = sanitizers_of(c_);
    if (found.preload.empty()) return;
    flags_.insert(flags_.end(), found.flags.begin(), found.flags.end());
    out_.preload = found.preload;
    out_.sanitized = true;
  }

  Result<Built> by_compiler() {
    const std::vector<fs::path> sources = sources_in(folder_);
    const bool all_c = std::ranges::all_of(sources, is_c);
    for (const auto& [name, needed] : {std::pair{c_, std::ranges::any_of(sources, is_c)}, std::pair{cxx_, !all_c}}) {
      if (needed && !has_program(name)) return fail(Errc::not_found, "there is no compiler {}", name);
    }
    Words link{all_c ? c_ : cxx_, "-shared", "-o", out_.library.string()};
    link.insert(link.end(), flags_.begin(), flags_.end());
    for (const fs::path& source : sources) {
      const std::string object = (work_ / source.filename()).string() + ".o";
      if (auto done = compile(source, object); !done) return done.error();
      link.push_back(object);
    }
    if (auto done = run(link); !done) return done.error();
    return out_;
  }

  Result<Built> by_cmake() {
    std::string flags;
    for (const std::string& one : flags_) flags += (flags.empty() ? "" : " ") + one;
    const std::string tree = (work_ / "cmake").string();
    if (auto done = run({"cmake", "-S", folder_.string(), "-B", tree, "--log-level=WARNING",
                         "-Dpresswatch_DIR=" + sdk_cmake_folder().string(), "-DCMAKE_C_COMPILER=" + c_,
                         "-DCMAKE_CXX_COMPILER=" + cxx_, "-DCMAKE_C_FLAGS=" + flags, "-DCMAKE_CXX_FLAGS=" + flags});
        !done) {
      return done.error();
    }
    if (auto done = run({"cmake", "--build", tree, "--", "--quiet"}); !done) return done.error();
    for (const auto& entry : fs::recursive_directory_iterator(tree)) {
      if (entry.path().filename() != out_.library.filename()) continue;
      fs::copy_file(entry.path(), out_.library, fs::copy_options::overwrite_existing);
      return out_;
    }
    return fail(Errc::plugin, "CMake made no {}", out_.library.filename().string());
  }

 private:
  Result<void> compile(const fs::path& source, const std::string& object) const {
    const bool c = is_c(source);
    Words words{c ? c_ : cxx_, c ? "-std=c11" : "-std=c++20",        "-c", "-fPIC", "-fvisibility=hidden", "-Wall",
                "-Wextra",     "-I" + sdk_include_folder().string(), "-o", object,  source.string()};
    words.insert(words.end(), flags_.begin(), flags_.end());
    return run(words);
  }

  fs::path folder_;
  fs::path work_;
  std::string c_;
  std::string cxx_;
  Built out_;
  Words flags_;
};

}  // namespace

bool has_native_sources(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "CMakeLists.txt", ignored) || !sources_in(folder).empty();
}

Result<Built> build_native(const fs::path& folder, const std::string& name, const fs::path& work, BuildFor purpose) {
  if (sdk_include_folder().empty())
    return fail(Errc::not_found,
                "presswatch/plugin.h is not installed beside this program; on Debian, install presswatch-dev");
  Builder builder(folder, name, work, purpose);
  std::error_code ignored;
  if (!fs::exists(folder / "CMakeLists.txt", ignored)) return builder.by_compiler();
  if (!has_program("cmake")) return fail(Errc::not_found, "there is a CMakeLists.txt, but no cmake");
  return builder.by_cmake();
}

}  // namespace pw::cli
