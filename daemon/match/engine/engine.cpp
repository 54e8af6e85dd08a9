#include "match/engine/engine.hpp"

namespace pw::match {

std::size_t Engine::bytes() const {
  const std::size_t rows = term_begins.capacity() + term_data.capacity() + code.capacity() + always.capacity();
  std::size_t strings = spellings.capacity() * sizeof(Spelling);
  for (const Spelling& one : spellings) strings += one.text.capacity();
  return sizeof *this + words.bytes() + prefixes.bytes() + pairs.bytes() + by_number.bytes() + by_term.bytes() +
         rows * sizeof(std::uint32_t) + strings;
}

}  // namespace pw::match
