#include "bus/frame.hpp"

#include <algorithm>

namespace pw::bus {
namespace {

constexpr std::size_t kMaxTopic = 200;

void put(std::string& out, std::uint64_t value, std::size_t bytes) {
  for (std::size_t i = bytes; i-- > 0;) out += static_cast<char>((value >> (8 * i)) & 0xFFU);
}

void put(std::string& out, const Id& id) {
  for (const std::uint8_t byte : id.bytes) out += static_cast<char>(byte);
}

std::uint64_t get(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = (value << 8U) | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

Id get_id(std::string_view bytes, std::size_t at) {
  Id id;
  std::ranges::copy(bytes.substr(at, id.bytes.size()), id.bytes.begin());
  return id;
}

}  // namespace

std::string encode(const Header& header) {
  std::string out = "PW";
  out.reserve(kHeaderSize);
  out += static_cast<char>(header.version);
  out += header.kind;
  put(out, header.log_id);
  put(out, header.seq, 8);
  put(out, header.cseq, 8);
  put(out, static_cast<std::uint64_t>(header.time_ms), 8);
  put(out, header.id);
  put(out, header.flags, 4);
  return out;
}

std::optional<Header> decode(std::string_view bytes) {
  if (bytes.size() < kHeaderSize || !bytes.starts_with("PW")) return std::nullopt;
  Header header;
  header.version = static_cast<std::uint8_t>(bytes[2]);
  header.kind = bytes[3];
  header.log_id = get_id(bytes, 4);
  header.seq = get(bytes, 20, 8);
  header.cseq = get(bytes, 28, 8);
  header.time_ms = static_cast<std::int64_t>(get(bytes, 36, 8));
  header.id = get_id(bytes, 44);
  header.flags = static_cast<std::uint32_t>(get(bytes, 60, 4));
  return header;
}

Header header_of(const StoredAlert& alert, const Id& log_id) {
  Header header;
  header.log_id = log_id;
  header.seq = alert.seq;
  header.cseq = alert.cseq;
  header.time_ms = to_ms(alert.time);
  header.id = alert.id;
  return header;
}

std::string topic_of(const StoredAlert& alert) {
  std::string topic = "A/" + alert.channel + '/' + alert.source;
  topic.resize(std::min(topic.size(), kMaxTopic));
  return topic;
}

}  // namespace pw::bus
