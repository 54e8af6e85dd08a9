#pragma once
/// Parses JSON and keeps only the wanted parts, so that unknown or excessive content in a document does not use memory.

#include "core/result.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pw::exec {

struct Shape;

/// A wanted member of an object.
struct Member {
  std::string_view name;
  const Shape* shape = nullptr;
};

/// Describes what is wanted of a value. A value of another type is kept as an empty one, so that the caller can report
/// the error.
struct Shape {
  enum class Kind : std::uint8_t { scalar, list, object } kind = Kind::scalar;
  /// Limit on the bytes of a string, the elements of a list, or the members of an object with `each`. One more is kept,
  /// so that the excess can be detected.
  std::size_t most = 0;
  std::span<const Member> members{};  ///< of an object: only these members are kept
  const Shape* each = nullptr;        ///< of a list: for its elements; of an object: for all its members
};

/// Parses a UTF-8 document nested at most `max_depth` levels deep. Errc::parse with the byte offset if malformed. Uses
/// no more memory than the wanted parts need. Pure; any thread.
Result<boost::json::value> read_wanted(std::string_view utf8, const Shape& shape, std::size_t max_depth);

}  // namespace pw::exec
