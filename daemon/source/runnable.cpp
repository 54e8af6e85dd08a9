#include "source/runnable.hpp"

#include "core/text.hpp"

#include <elf.h>
#include <spdlog/fmt/fmt.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <vector>

namespace pw::source {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHead = 256;  // bytes that tell what a program is

std::string head_of(const fs::path& file) {
  std::string out(kHead, '\0');
  std::ifstream in(file, std::ios::binary);
  in.read(out.data(), static_cast<std::streamsize>(out.size()));
  out.resize(static_cast<std::size_t>(in.gcount()));
  return out;
}

/// The machine of an ELF file.
std::optional<unsigned> machine_of(std::string_view head) {
  if (!head.starts_with(std::string_view(ELFMAG, SELFMAG)) || head.size() < sizeof(Elf64_Ehdr)) return std::nullopt;
  Elf64_Ehdr header{};
  std::memcpy(&header, head.data(), sizeof header);  // the machine has the same place in files of 32 bits
  return header.e_machine;
}

std::string machine_name(unsigned machine) {
  switch (machine) {
    case EM_X86_64: return "x86-64";
    case EM_386: return "x86";
    case EM_AARCH64: return "arm64";
    case EM_ARM: return "arm";
    case EM_RISCV: return "riscv";
    case EM_PPC64: return "ppc64";
    case EM_S390: return "s390";
    default: return fmt::format("machine {}", machine);
  }
}

Result<void> check_machine(const fs::path& file, std::string_view head) {
  static const auto kOurs = machine_of(head_of("/proc/self/exe"));
  const auto theirs = machine_of(head);
  if (!theirs || !kOurs || *theirs == *kOurs) return {};
  return fail(Errc::unsupported, "{} is for {}, and this machine is {}", printable(file.string()),
              machine_name(*theirs), machine_name(*kOurs));
}

/// The program as execvp(3) would find it with the PATH that plugins have.
std::optional<fs::path> find_program(const fs::path& folder, const std::string& name) {
  constexpr std::array<const char*, 3> kPath{"/usr/local/bin", "/usr/bin", "/bin"};
  std::vector<fs::path> candidates;
  if (name.find('/') != std::string::npos) {
    candidates.push_back(folder / name);
  } else {
    for (const char* directory : kPath) candidates.push_back(fs::path(directory) / name);
  }
  std::error_code ignored;
  for (const fs::path& one : candidates) {
    if (fs::is_regular_file(one, ignored)) return one;
  }
  return std::nullopt;
}

/// The interpreter that the first line of a script names, and for env its argument.
std::string interpreter_of(std::string_view head) {
  if (!head.starts_with("#!")) return "";
  std::string_view line = trim(head.substr(2, head.find('\n') - 2));
  const std::string_view first = line.substr(0, line.find_first_of(" \t"));
  if (!first.ends_with("/env")) return std::string(first);
  line = trim(line.substr(first.size()));
  return std::string(line.substr(0, line.find_first_of(" \t")));
}

Result<void> check_program(const fs::path& folder, const std::string& name) {
  const auto program = find_program(folder, name);
  if (!program) {
    return fail(Errc::not_found, "its program {} is not here: {}", printable(name),
                name.find('/') != std::string::npos ? "there is no such file in its folder"
                                                    : "install it in /usr/local/bin or /usr/bin");
  }
  if (::access(program->c_str(), X_OK) != 0) {
    return fail(Errc::unsupported, "its program {0} may not be executed; chmod +x {0}", printable(program->string()));
  }
  const std::string head = head_of(*program);
  if (auto same = check_machine(*program, head); !same) return same;
  const std::string interpreter = interpreter_of(head);
  if (interpreter.empty() || find_program("/", interpreter)) return {};
  return fail(Errc::not_found, "its program {} needs the interpreter {}, which is not here; install it",
              printable(program->string()), printable(interpreter));
}

}  // namespace

Result<void> can_run(const Package& package) {
  if (package.kind == PackageKind::exec) return check_program(package.folder, package.command.front());
  if (package.kind == PackageKind::native) return check_machine(package.library, head_of(package.library));
  return {};
}

}  // namespace pw::source
