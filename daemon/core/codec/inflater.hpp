#pragma once
/// Decompresses gzip and deflate.

#include "core/codec/unpacker.hpp"

#include <array>
#include <memory>

struct z_stream_s;

namespace pw {

/// A series of gzip members (RFC 1952, 2.2), with zero padding between or after them as in gzip(1); or a single deflate
/// stream. Throws std::bad_alloc.
class Inflater final : public Unpacker {
 public:
  enum class Format {
    gzip,
    deflate,  ///< zlib (RFC 1950), raw (RFC 1951) as some servers send it, or gzip; detected from the first bytes
  };

  explicit Inflater(Format format);
  ~Inflater() override;
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  Step write(std::string_view packed, const ByteSink& sink) override;
  [[nodiscard]] bool complete() const noexcept override { return place_ == Place::between || place_ == Place::behind; }

 private:
  enum class Place {
    before,   ///< the format is not known yet
    inside,   ///< in a member or stream
    between,  ///< a member has ended, another may follow
    behind,   ///< all further input is left over
  };

  bool choose_format(std::string_view& packed);
  void begin(int window_bits);
  Step inflate_some(std::string_view& packed, const ByteSink& sink);
  Step end_with(const char* problem);

  std::unique_ptr<z_stream_s> stream_;
  Format format_;
  Place place_ = Place::before;
  bool first_ = true;   ///< no member has ended yet
  std::string prefix_;  ///< the first byte, until the second arrives
  std::array<char, 16384> block_{};
};

}  // namespace pw
