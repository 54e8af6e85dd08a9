#include "fetch/encoding/content_decoder.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace {

constexpr double kRatio = 50;
constexpr std::size_t kUnmeasured = 16'384;

struct Decoded {
  std::string body;
  std::string note;
  bool failed = false;
  bool truncated = false;
};

Decoded decode(const std::string& coding, std::string_view packed, std::size_t piece) {
  Decoded out;
  pw::fetch::ContentDecoder decoder({{"content-encoding", coding}}, kRatio, [&out](std::string_view more) {
    out.body += more;
    return true;
  });
  bool going = true;
  for (; going && !packed.empty(); packed.remove_prefix(std::min(piece, packed.size()))) {
    going = decoder.write(packed.substr(0, piece));
  }
  if (going) (void)decoder.finish();
  out.failed = decoder.error().has_value();
  out.note = decoder.note();
  out.truncated = decoder.truncated();
  return out;
}

}  // namespace

/// Input: Content-Encoding up to the first line break, then the body.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input{reinterpret_cast<const char*>(data), size};
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string coding(input.substr(0, line));
  const std::string_view packed = input.substr(std::min(line + 1, input.size()));
  const Decoded whole = decode(coding, packed, packed.size() + 1);
  const auto most = static_cast<std::size_t>(kRatio * static_cast<double>(packed.size() + kUnmeasured));
  if (whole.body.size() > most) __builtin_trap();
  if (whole.truncated && whole.note.empty()) __builtin_trap();
  const Decoded pieces = decode(coding, packed, 1 + size % 7);
  // The size of the pieces affects how a damaged body is classified and how much of it is unpacked.
  if (whole.failed || pieces.failed || whole.note != pieces.note) return 0;
  const std::size_t common = std::min(whole.body.size(), pieces.body.size());
  if (whole.body.compare(0, common, pieces.body, 0, common) != 0) __builtin_trap();
  if (!whole.truncated && !pieces.truncated && whole.body != pieces.body) __builtin_trap();
  return 0;
}
