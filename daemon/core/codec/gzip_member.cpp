#include "core/codec/gzip_member.hpp"

#include <libdeflate.h>

#include <memory>
#include <new>

namespace pw {

namespace {

constexpr std::size_t kFlags = 3;  // position in the header
constexpr unsigned kHeaderChecksum = 2;
constexpr std::size_t kShortest = 18;  // header and trailer
/// Deflate cannot compress further.
constexpr std::size_t kMaxRatio = 1032;

/// The decompressed size, as the last four bytes state it modulo 2^32.
std::size_t stated_size(std::string_view packed) noexcept {
  std::size_t size = 0;
  for (std::size_t i = 1; i <= 4; ++i) size = size << 8U | static_cast<unsigned char>(packed[packed.size() - i]);
  return size;
}

struct Free {
  void operator()(libdeflate_decompressor* one) const noexcept { libdeflate_free_decompressor(one); }
};

}  // namespace

std::optional<std::string> gunzip_member(std::string_view packed, std::size_t most) {
  // libdeflate passes over the header checksum, which Inflater verifies.
  if (packed.size() < kShortest || (static_cast<unsigned char>(packed[kFlags]) & kHeaderChecksum) != 0) return {};
  const std::size_t size = stated_size(packed);
  if (size > most || size / kMaxRatio > packed.size()) return std::nullopt;
  std::string out(size, '\0');
  const std::unique_ptr<libdeflate_decompressor, Free> decompressor(libdeflate_alloc_decompressor());
  if (!decompressor) throw std::bad_alloc();
  std::size_t read = 0;
  const libdeflate_result result = libdeflate_gzip_decompress_ex(decompressor.get(), packed.data(), packed.size(),
                                                                 out.data(), out.size(), &read, nullptr);
  if (result != LIBDEFLATE_SUCCESS || read != packed.size()) return std::nullopt;
  return out;
}

}  // namespace pw
