#include "source/kinds/native/library.hpp"

#include "core/text.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstring>
#include <exception>
#include <string>

namespace pw::native {
namespace {

constexpr const char* kSymbol = "pw_plugin_get";
constexpr std::size_t kDescriptorOfFirstVersion = offsetof(pw_plugin, stored) + sizeof(pw_plugin::stored);
constexpr std::size_t kMaxDescriptor = 4096;
constexpr int kFlags = RTLD_NOW | RTLD_LOCAL;

bool copy_all(int from, int to) {
  struct stat status {};
  if (::fstat(from, &status) != 0) return false;
  for (auto left = static_cast<std::size_t>(status.st_size); left > 0;) {
    const ssize_t done = ::sendfile(to, from, nullptr, left);
    if (done <= 0) return false;
    left -= static_cast<std::size_t>(done);
  }
  return true;
}

Error no_library(const std::filesystem::path& file) {
  const char* why = ::dlerror();  // NOLINT(concurrency-mt-unsafe): glibc keeps one for each thread
  return fail(Errc::plugin, "cannot load {}: {}", printable(file.string()),
              printable(why == nullptr ? "unknown error" : why, 1000));
}

}  // namespace

Result<std::shared_ptr<const Library>> Library::open(const std::filesystem::path& file, Load how) {
  const std::shared_ptr<Library> out(new Library);
  if (how == Load::in_place || !out->load_copy(file)) out->handle_ = ::dlopen(file.c_str(), kFlags);
  if (out->handle_ == nullptr) return no_library(file);
  if (auto read = out->read_descriptor(); !read) {
    return fail(Errc::plugin, "{} {}", printable(file.string()), read.error().message);
  }
  return std::shared_ptr<const Library>(out);
}

Library::~Library() {
  if (handle_ != nullptr) ::dlclose(handle_);
  if (copy_ >= 0) ::close(copy_);
}

bool Library::load_copy(const std::filesystem::path& file) {
  const int from = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (from < 0) return false;
  copy_ = ::memfd_create(file.filename().c_str(), MFD_CLOEXEC);
  const bool copied = copy_ >= 0 && copy_all(from, copy_);
  ::close(from);
  // The loader identifies libraries by path, so the descriptor number must not be reused while this library is loaded.
  if (copied) handle_ = ::dlopen(fmt::format("/proc/self/fd/{}", copy_).c_str(), kFlags);
  return handle_ != nullptr;
}

Result<void> Library::read_descriptor() {
  using Get = const pw_plugin* (*)();
  const auto get = reinterpret_cast<Get>(::dlsym(handle_, kSymbol));
  if (get == nullptr) {
    return fail(Errc::plugin, "does not export {}(): it is not a plugin, or it hides its symbols", kSymbol);
  }
  const pw_plugin* given = nullptr;
  try {
    given = get();
  } catch (...) {
    return fail(Errc::plugin, "threw an exception from {}()", kSymbol);
  }
  if (given == nullptr) return fail(Errc::plugin, "returned NULL from {}()", kSymbol);
  if (given->abi_major != PW_ABI_MAJOR || given->abi_minor > PW_ABI_MINOR) {
    return fail(Errc::plugin, "needs version {}.{} of the plugin ABI; this presswatch has {}.{}", given->abi_major,
                given->abi_minor, PW_ABI_MAJOR, PW_ABI_MINOR);
  }
  if (given->size < kDescriptorOfFirstVersion || given->size > kMaxDescriptor) {
    return fail(Errc::plugin, "has a descriptor of {} bytes, but version {}.0 requires {}", given->size, PW_ABI_MAJOR,
                kDescriptorOfFirstVersion);
  }
  std::memcpy(&plugin_, given, std::min<std::size_t>(given->size, sizeof plugin_));
  const char* missing = plugin_.create == nullptr    ? "create"
                        : plugin_.destroy == nullptr ? "destroy"
                        : plugin_.poll == nullptr    ? "poll"
                        : plugin_.parse == nullptr   ? "parse"
                                                     : nullptr;
  if (missing != nullptr) return fail(Errc::plugin, "lacks the function {} in its descriptor", missing);
  return {};
}

}  // namespace pw::native
