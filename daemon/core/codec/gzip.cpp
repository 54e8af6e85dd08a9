#include "core/codec/gzip.hpp"

#include "core/codec/gzip_member.hpp"
#include "core/codec/inflater.hpp"

#include <fmt/core.h>

#include <utility>

namespace pw {

namespace {

constexpr std::string_view kMagic = "\x1F\x8B";

Gunzipped unpack(std::string_view packed) {
  Gunzipped out;
  if (auto content = gunzip_member(packed, kMaxGunzippedBytes)) {
    out.bytes = std::move(*content);
    return out;
  }
  Inflater inflater(Inflater::Format::gzip);
  const Unpacker::Step step = inflater.write(packed, [&out](std::string_view more) {
    const std::size_t room = kMaxGunzippedBytes - out.bytes.size();
    out.bytes.append(more.substr(0, room));
    return more.size() <= room;
  });
  if (step == Unpacker::Step::stopped) {
    out.note = fmt::format("the gzip file holds more than {} MiB; the rest was not read", kMaxGunzippedBytes >> 20U);
  } else if (step == Unpacker::Step::damaged) {
    out.note = fmt::format("the gzip file is damaged ({}); what could be unpacked was read", inflater.problem());
  } else if (!inflater.complete()) {
    out.note = "the gzip file is cut; what could be unpacked was read";
  } else if (inflater.left_over() > 0) {
    out.note = fmt::format("{} bytes behind the end of the gzip file were passed over", inflater.left_over());
  }
  out.truncated = step != Unpacker::Step::more || !inflater.complete();
  return out;
}

}  // namespace

Gunzipped gunzip(std::string bytes) {
  if (!bytes.starts_with(kMagic)) return {.bytes = std::move(bytes), .note = {}, .truncated = false};
  return unpack(bytes);
}

std::string gunzip_if_gzip(std::string_view bytes) {
  return bytes.starts_with(kMagic) ? unpack(bytes).bytes : std::string(bytes);
}

}  // namespace pw
