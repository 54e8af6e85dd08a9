#include "store/reader.hpp"

#include <spdlog/fmt/fmt.h>

#include <stdexcept>

namespace pw::store {

Reader::Reader(const std::string& path) try : db_(path, Access::read_only) {
} catch (const DbError& error) {
  throw std::runtime_error(fmt::format("{}: {}", path, to_error(error).message));
}

}  // namespace pw::store
