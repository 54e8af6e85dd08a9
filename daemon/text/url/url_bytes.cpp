#include "text/url/url_bytes.hpp"

#include "core/codec/percent.hpp"

namespace pw::text {
namespace {

std::string_view extra_of(EncodeSet set) {
  switch (set) {
    case EncodeSet::c0_control: return "";
    case EncodeSet::fragment: return " \"<>`";
    case EncodeSet::query: return " \"#<>";
    case EncodeSet::special_query: return " \"#<>'";
    case EncodeSet::path: return " \"#<>?^`{}";
    case EncodeSet::userinfo: return " \"#<>?^`{}/:;=@[\\]|";
  }
  return "";
}

}  // namespace

void percent_encode(std::string& out, std::string_view text, EncodeSet set) {
  const std::string_view extra = extra_of(set);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte > 0x7E || extra.find(c) != std::string_view::npos) {
      append_percent(out, c);
    } else {
      out += c;
    }
  }
}

std::string percent_decode(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto byte = escaped_byte(text, i)) {
      out += *byte;
      i += kEscapeSize - 1;
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace pw::text
