#include "core/codec/inflater.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace pw {

namespace {

constexpr int kZlib = 15;
constexpr int kRaw = -15;
constexpr int kGzip = 15 + 16;
constexpr uLong kMagicBytes = 2;

int window_of(unsigned char first, unsigned char second) noexcept {
  if (first == 0x1F && second == 0x8B) return kGzip;
  const bool is_zlib = (first & 0x0FU) == Z_DEFLATED && (first * 256U + second) % 31 == 0;
  return is_zlib ? kZlib : kRaw;
}

}  // namespace

Inflater::Inflater(Format format) : stream_(std::make_unique<z_stream>()), format_(format) {
  if (format == Format::gzip) begin(kGzip);
}

Inflater::~Inflater() { inflateEnd(stream_.get()); }

void Inflater::begin(int window_bits) {
  if (inflateInit2(stream_.get(), window_bits) != Z_OK) throw std::bad_alloc();
  if (window_bits == kGzip) format_ = Format::gzip;
  place_ = Place::inside;
}

/// Detects the format from the first two bytes without consuming them; false until both are available.
bool Inflater::choose_format(std::string_view& packed) {
  const std::size_t wanted = 2 - prefix_.size();
  const std::size_t size = std::min(wanted, packed.size());
  prefix_.append(packed.substr(0, size));
  packed.remove_prefix(size);
  if (prefix_.size() < 2) return false;
  begin(window_of(static_cast<unsigned char>(prefix_[0]), static_cast<unsigned char>(prefix_[1])));
  return true;
}

Unpacker::Step Inflater::write(std::string_view packed, const ByteSink& sink) {
  if (place_ == Place::before) {
    if (!choose_format(packed)) return Step::more;
    std::string_view prefix = prefix_;
    if (const Step step = inflate_some(prefix, sink); step != Step::more) return step;
  }
  while (!packed.empty()) {
    if (place_ == Place::behind) {
      left_over_ += packed.size();
      return Step::more;
    }
    if (place_ == Place::between) {
      packed.remove_prefix(std::min(packed.find_first_not_of('\0'), packed.size()));
      if (packed.empty()) break;
      inflateReset(stream_.get());
      place_ = Place::inside;
    }
    if (const Step step = inflate_some(packed, sink); step != Step::more) return step;
  }
  return Step::more;
}

/// Inflates up to the end of the input or of the member.
Unpacker::Step Inflater::inflate_some(std::string_view& packed, const ByteSink& sink) {
  z_stream& stream = *stream_;
  int status = Z_OK;
  do {
    const auto size = static_cast<uInt>(std::min<std::size_t>(packed.size(), std::numeric_limits<uInt>::max()));
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
    stream.avail_in = size;
    stream.next_out = reinterpret_cast<Bytef*>(block_.data());
    stream.avail_out = static_cast<uInt>(block_.size());
    status = inflate(&stream, Z_NO_FLUSH);
    packed.remove_prefix(size - stream.avail_in);
    const std::size_t made = block_.size() - stream.avail_out;
    if (made > 0 && !sink({block_.data(), made})) return Step::stopped;
    if (status == Z_MEM_ERROR) throw std::bad_alloc();
    if (status == Z_DATA_ERROR || status == Z_NEED_DICT) return end_with(stream.msg);
  } while (status == Z_OK && (!packed.empty() || stream.avail_out == 0));
  if (status == Z_STREAM_END) {
    place_ = format_ == Format::gzip ? Place::between : Place::behind;
    first_ = false;
  }
  return Step::more;
}

Unpacker::Step Inflater::end_with(const char* problem) {
  // Bytes after a complete member that lack gzip's magic number are ignored; they do not make the member damaged.
  if (!first_ && stream_->total_in <= kMagicBytes) {
    place_ = Place::behind;
    left_over_ += stream_->total_in;
    return Step::more;
  }
  problem_ = problem != nullptr ? problem : "it needs a dictionary";
  return Step::damaged;
}

}  // namespace pw
