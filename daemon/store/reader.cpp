#include "store/reader.hpp"

#include <spdlog/fmt/fmt.h>

#include <stdexcept>
#include <utility>

namespace pw::store {

Reader::Reader(const std::string& path, std::shared_ptr<Suspicion> suspicion) try
    : suspicion_(std::move(suspicion)), db_(path, Access::read_only) {
} catch (const DbError& error) {
  throw std::runtime_error(fmt::format("{}: {}", path, to_error(error).message));
}

}  // namespace pw::store
