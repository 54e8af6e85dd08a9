#pragma once
/// What execve and posix_spawn want of a program's arguments and environment.

#include <string>
#include <vector>

namespace pw::exec {

/// Pointers into `texts`, which must outlive them, followed by a null pointer.
inline std::vector<char*> argument_pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& one : texts) out.push_back(one.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace pw::exec
