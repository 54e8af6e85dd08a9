#pragma once
/// JSON of which only what is wanted is kept: what a stranger writes beside it, or too much of, costs no memory.

#include "core/result.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace pw::exec {

struct Shape;

struct Member {
  std::string_view name;
  const Shape* shape = nullptr;
};

/// What is wanted of a value. One of another kind is kept as an empty one, so that the reader can say what is wrong.
struct Shape {
  enum class Kind : std::uint8_t { scalar, list, object } kind = Kind::scalar;
  /// Bytes of a text, elements of a list, or members of an object with `each`: one more is kept, to be noticed.
  std::size_t most = 0;
  std::span<const Member> members{};  ///< of an object: these, and no others
  const Shape* each = nullptr;        ///< of a list: its elements; of an object: all its members
};

/// One document in UTF-8 of at most `max_depth` levels. Errc::parse with the place. Takes no more memory than what is
/// wanted of it. Pure; any thread.
Result<boost::json::value> read_wanted(std::string_view utf8, const Shape& shape, std::size_t max_depth);

}  // namespace pw::exec
