#include "fetch/http/response_body.hpp"

#include "core/codec/gzip_member.hpp"
#include "core/text.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace pw::fetch {

namespace {

constexpr std::size_t kPiece = 16'384;

/// The encoded form may be slightly larger than the decoded body: member headers, stored blocks.
constexpr std::size_t most_received(std::size_t max_body) { return max_body + max_body / 8 + (std::size_t{64} << 10U); }

bool is_success(int status) noexcept { return status >= 200 && status < 300; }

std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

/// True for "bytes 0-99/100": a 206 that contains the whole resource.
bool is_whole(std::string_view content_range) {
  constexpr std::string_view kFromTheFirst = "bytes 0-";
  if (!content_range.starts_with(kFromTheFirst)) return false;
  content_range.remove_prefix(kFromTheFirst.size());
  const auto last = take_number(content_range);
  if (!last || !content_range.starts_with('/')) return false;
  content_range.remove_prefix(1);
  const auto length = take_number(content_range);
  return length && *last + 1 == *length;
}

/// Content-Length; 0 without one.
std::size_t stated_length(const Headers& headers) {
  for (const auto& [name, value] : headers) {
    std::string_view text = value;
    if (name == "content-length") return take_number(text).value_or(0);
  }
  return 0;
}

std::string size_text(std::size_t bytes) {
  constexpr std::size_t kMiB = std::size_t{1} << 20U;
  return bytes % kMiB == 0 ? fmt::format("{} MiB", bytes / kMiB) : fmt::format("{} bytes", bytes);
}

void add_note(std::string& notes, std::string_view note) {
  if (note.empty()) return;
  if (!notes.empty()) notes += "; ";
  notes += note;
}

}  // namespace

bool ResponseBody::write(std::string_view received, int status, const Headers& headers) {
  if (ignored_) return true;
  if (!decoder_) begin(headers);
  if (decoder_->error()) return judge(status);
  received_ += received.size();
  if (received_ > most_received(what_.max_body)) return stop_at_limit();
  if (decoder_->passes_through()) return append(received);
  packed_ += received;
  return true;
}

void ResponseBody::begin(const Headers& headers) {
  decoder_.emplace(headers, settings_.max_ratio, [this](std::string_view more) { return append(more); });
  std::string& bytes = decoder_->passes_through() ? bytes_ : packed_;
  // A long body that grows is copied again and again, on the loop.
  bytes.reserve(std::min(stated_length(headers), most_received(what_.max_body)));
}

bool ResponseBody::append(std::string_view decoded) {
  const std::size_t room = what_.max_body - bytes_.size();
  bytes_.append(decoded.substr(0, room));
  return decoded.size() <= room || stop_at_limit();
}

bool ResponseBody::stop_at_limit() {
  if (what_.keep_prefix) {
    if (!cut_) add_note(note_, "the body is cut at " + limit());
    cut_ = true;
  } else {
    error_ = fail(Errc::too_large, "{}: the body is larger than {}", printable(what_.host), limit());
  }
  return false;
}

std::string ResponseBody::limit() const {
  const std::string size = size_text(what_.max_body);
  return size + (what_.max_body == settings_.max_body ? "; raise fetch.max_body to read all of it"
                                                      : ", the limit of this request");
}

/// Whether to continue although the decoder or the limit stopped.
bool ResponseBody::judge(int status) {
  if (error_ || cut_ || !decoder_->error()) return false;
  const Error& problem = *decoder_->error();
  if (is_success(status) || problem.code == Errc::too_large) {
    error_ = Error{problem.code, printable(what_.host) + ": " + problem.message};
    return false;
  }
  ignored_ = true;
  bytes_.clear();
  add_note(note_, problem.message);
  return true;
}

void ResponseBody::decode(int status) {
  if (!decoder_ || ignored_ || error_) return;
  const std::string packed = std::exchange(packed_, {});
  if (decode_at_once(packed)) return;
  const bool whole = !cut_;
  bool going = true;
  // The decoder compares what it has read with what came of it, so it must not read all at once.
  for (std::size_t at = 0; going && at < packed.size(); at += kPiece) {
    going = decoder_->write(std::string_view(packed).substr(at, kPiece));
  }
  if (!going || (whole && !decoder_->finish())) (void)judge(status);
}

/// The usual body: one undamaged gzip member within all limits.
bool ResponseBody::decode_at_once(std::string_view packed) {
  if (!decoder_->is_gzip()) return false;
  auto content = gunzip_member(packed, std::min(what_.max_body, decoder_->most_decoded(packed.size())));
  if (!content) return false;
  bytes_ = std::move(*content);
  return true;
}

void ResponseBody::move_into(FetchResponse& response) {
  response.truncated = cut_;
  if (decoder_ && !ignored_) {
    add_note(note_, decoder_->note());
    response.truncated = response.truncated || decoder_->truncated();
  }
  const std::string* range = response.header("content-range");
  if (response.status == 206 && (range == nullptr || !is_whole(*range))) {
    add_note(note_, "the server sent only a part of the whole (206)");
    response.truncated = true;
  }
  response.body = std::move(bytes_);
  response.note = std::move(note_);
}

}  // namespace pw::fetch
