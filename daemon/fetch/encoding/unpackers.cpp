#include "fetch/encoding/unpackers.hpp"

#include "core/codec/inflater.hpp"
#include "core/text.hpp"

#include <brotli/decode.h>
#include <zstd.h>
#include <zstd_errors.h>

#include <array>
#include <new>

namespace pw::fetch {

namespace {

/// One stream (RFC 7932).
class BrotliUnpacker final : public Unpacker {
 public:
  BrotliUnpacker() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {
    if (!state_) throw std::bad_alloc();
  }

  Step write(std::string_view packed, const ByteSink& sink) override {
    std::size_t left = packed.size();
    const auto* next = reinterpret_cast<const std::uint8_t*>(packed.data());
    while (!BrotliDecoderIsFinished(state_.get())) {
      std::size_t room = block_.size();
      auto* out = reinterpret_cast<std::uint8_t*>(block_.data());
      const BrotliDecoderResult result =
          BrotliDecoderDecompressStream(state_.get(), &left, &next, &room, &out, nullptr);
      const std::size_t made = block_.size() - room;
      if (made > 0 && !sink({block_.data(), made})) return Step::stopped;
      if (result == BROTLI_DECODER_RESULT_ERROR) {
        problem_ = ascii_lower(BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state_.get())));
        return Step::damaged;
      }
      if (result == BROTLI_DECODER_RESULT_NEEDS_MORE_INPUT) return Step::more;
    }
    left_over_ += left;
    return Step::more;
  }
  [[nodiscard]] bool complete() const noexcept override { return BrotliDecoderIsFinished(state_.get()) != 0; }

 private:
  struct Deleter {
    void operator()(BrotliDecoderState* state) const noexcept { BrotliDecoderDestroyInstance(state); }
  };
  std::unique_ptr<BrotliDecoderState, Deleter> state_;
  std::array<char, 16384> block_{};
};

/// A series of frames (RFC 8878).
class ZstdUnpacker final : public Unpacker {
 public:
  ZstdUnpacker() : stream_(ZSTD_createDStream()) {
    if (!stream_) throw std::bad_alloc();
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, kWindowLog);
  }

  Step write(std::string_view packed, const ByteSink& sink) override {
    ZSTD_inBuffer in{packed.data(), packed.size(), 0};
    bool full = false;
    while (!behind_ && (in.pos < in.size || full)) {
      const std::size_t before = in.pos;
      ZSTD_outBuffer out{block_.data(), block_.size(), 0};
      const std::size_t result = ZSTD_decompressStream(stream_.get(), &out, &in);
      if (out.pos > 0 && !sink({block_.data(), out.pos})) return Step::stopped;
      full = out.pos == out.size;
      if (ZSTD_isError(result) != 0) {
        // Bytes after a complete frame that do not start a new one are ignored; they do not make the frame damaged.
        behind_ = whole_ && ZSTD_getErrorCode(result) == ZSTD_error_prefix_unknown;
        problem_ = ascii_lower(ZSTD_getErrorName(result));
        if (!behind_) return Step::damaged;
        left_over_ += of_frame_;
        in.pos = before;
      }
      complete_ = behind_ || result == 0;
      whole_ = whole_ || complete_;
      of_frame_ = complete_ ? 0 : of_frame_ + (in.pos - before);
    }
    if (behind_) left_over_ += in.size - in.pos;
    return Step::more;
  }
  [[nodiscard]] bool complete() const noexcept override { return complete_; }

 private:
  static constexpr int kWindowLog = 23;  // 8 MiB, the maximum allowed by RFC 9659

  struct Deleter {
    void operator()(ZSTD_DStream* stream) const noexcept { ZSTD_freeDStream(stream); }
  };
  std::unique_ptr<ZSTD_DStream, Deleter> stream_;
  std::array<char, 16384> block_{};
  std::size_t of_frame_ = 0;  ///< bytes consumed of the current frame
  bool complete_ = false;
  bool whole_ = false;   ///< at least one frame is complete
  bool behind_ = false;  ///< all further input is left over
};

}  // namespace

std::unique_ptr<Unpacker> unpacker_for(std::string_view coding) {
  const std::string name = ascii_lower(coding);
  if (name == "gzip" || name == "x-gzip") return std::make_unique<Inflater>(Inflater::Format::gzip);
  if (name == "deflate") return std::make_unique<Inflater>(Inflater::Format::deflate);
  if (name == "br") return std::make_unique<BrotliUnpacker>();
  if (name == "zstd") return std::make_unique<ZstdUnpacker>();
  return nullptr;
}

}  // namespace pw::fetch
