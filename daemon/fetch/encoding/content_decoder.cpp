#include "fetch/encoding/content_decoder.hpp"

#include "core/text.hpp"
#include "fetch/encoding/unpackers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace pw::fetch {

namespace {

/// The ratio is not checked below this size: a short body cannot be a decompression bomb.
constexpr double kUnmeasuredBytes = 16'384;
constexpr std::size_t kMostStages = 5;
constexpr std::size_t kHeadBytes = std::size_t{64} << 10U;

bool is_unsupported(std::string_view coding) {
  static constexpr std::array<std::string_view, 5> kNames{"compress", "x-compress", "pack200-gzip", "dcb", "dcz"};
  return std::ranges::any_of(kNames, [&](std::string_view name) { return ascii_iequals(name, coding); });
}

/// Compressed data soon contains a control character that does not occur in text.
bool looks_like_text(std::string_view head) {
  return std::ranges::none_of(head, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1B';
  });
}

}  // namespace

ContentDecoder::ContentDecoder(const Headers& headers, double max_ratio, ByteSink sink)
    : max_ratio_(max_ratio), sink_(std::move(sink)) {
  add_stages(headers);
}

void ContentDecoder::add_stages(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    if (name != "content-encoding") continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const std::string_view coding = trim(rest.substr(0, comma));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
      if (is_unsupported(coding)) {
        error_ = fail(Errc::unsupported, "the body is packed as {}, which presswatch cannot unpack", printable(coding));
      }
      auto unpacker = unpacker_for(coding);
      if (!unpacker) continue;
      auto stage = std::make_unique<Stage>();
      stage->coding = ascii_lower(coding);
      stage->unpacker = std::move(unpacker);
      stages_.insert(stages_.begin(), std::move(stage));
      if (stages_.size() > kMostStages) {
        error_ = fail(Errc::unsupported, "the body is packed more than {} times", kMostStages);
        return;
      }
    }
  }
}

bool ContentDecoder::is_gzip() const noexcept {
  return stages_.size() == 1 && stages_.front()->coding.ends_with("gzip");
}

std::size_t ContentDecoder::most_decoded(std::uint64_t received) const noexcept {
  return static_cast<std::size_t>(max_ratio_ * (static_cast<double>(received) + kUnmeasuredBytes));
}

bool ContentDecoder::write(std::string_view received) {
  received_ += received.size();
  return !error_ && pass(0, received);
}

bool ContentDecoder::pass(std::size_t stage, std::string_view bytes) {
  if (bytes.empty()) return true;
  if (stage == stages_.size()) return sink_(bytes);
  const Stage& at = *stages_[stage];
  if (at.over) return true;
  return at.plain ? pass(stage + 1, bytes) : unpack(stage, bytes);
}

bool ContentDecoder::unpack(std::size_t stage, std::string_view bytes) {
  Stage& at = *stages_[stage];
  if (at.passed == 0) at.head.append(bytes.substr(0, kHeadBytes - std::min(kHeadBytes, at.head.size())));
  const Unpacker::Step step = at.unpacker->write(bytes, [&](std::string_view unpacked) {
    at.passed += unpacked.size();
    if (at.passed > most_decoded(received_)) {
      error_ =
          fail(Errc::too_large, "the body unpacks to more than {} times its size; it looks like a bomb", max_ratio_);
      return false;
    }
    return pass(stage + 1, unpacked);
  });
  if (at.passed > 0) at.head = {};
  if (step != Unpacker::Step::damaged) return step == Unpacker::Step::more;
  if (at.passed == 0) return read_plain_or_fail(stage);
  at.over = true;
  truncated_ = true;
  say(fmt::format("the {} data is damaged ({}); what could be unpacked was read", at.coding, at.unpacker->problem()));
  return true;
}

/// Nothing could be unpacked: either the body was never compressed, despite the header, or it is damaged from the
/// start.
bool ContentDecoder::read_plain_or_fail(std::size_t stage) {
  Stage& at = *stages_[stage];
  const std::string head = std::exchange(at.head, {});
  if (head.size() >= kHeadBytes || !looks_like_text(head)) {
    const std::string& problem = at.unpacker->problem();
    error_ = fail(Errc::io, "the server sent damaged compressed data ({}: {})", at.coding,
                  problem.empty() ? "it is cut" : problem);
    return false;
  }
  at.plain = true;
  say(fmt::format("the server calls it {}, but it is not; it was read as it is", at.coding));
  return pass(stage + 1, head);
}

bool ContentDecoder::finish() {
  if (error_) return false;
  for (std::size_t stage = 0; stage < stages_.size(); ++stage) {
    if (!end(stage)) return false;
  }
  return true;
}

bool ContentDecoder::end(std::size_t stage) {
  const Stage& at = *stages_[stage];
  if (at.plain || at.over || (at.passed == 0 && at.head.empty())) return true;
  if (!at.unpacker->complete()) {
    if (at.passed == 0) return read_plain_or_fail(stage);
    truncated_ = true;
    say(fmt::format("the {} data is cut; what could be unpacked was read", at.coding));
  } else if (at.unpacker->left_over() > 0) {
    say(fmt::format("{} bytes behind the end of the {} data were passed over", at.unpacker->left_over(), at.coding));
  }
  return true;
}

void ContentDecoder::say(std::string note) { note_ += note_.empty() ? std::move(note) : "; " + note; }

}  // namespace pw::fetch
