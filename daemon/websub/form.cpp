#include "websub/form.hpp"

#include "core/codec/percent.hpp"

namespace pw::websub {
namespace {

std::string decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (const auto byte = escaped_byte(text, i)) {
      out += *byte;
      i += kEscapeSize - 1;
    } else {
      out += text[i] == '+' ? ' ' : text[i];
    }
  }
  return out;
}

void append_encoded(std::string& out, std::string_view text) {
  for (const char c : text) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                       c == '.' || c == '_' || c == '*';
    if (plain) {
      out += c;
    } else {
      append_percent(out, c);
    }
  }
}

}  // namespace

std::string form_field(std::string_view form, std::string_view name) {
  while (!form.empty()) {
    const std::string_view field = form.substr(0, form.find('&'));
    form.remove_prefix(field.size() < form.size() ? field.size() + 1 : form.size());
    const std::size_t equals = field.find('=');
    if (decoded(field.substr(0, equals)) == name) {
      return equals == std::string_view::npos ? std::string() : decoded(field.substr(equals + 1));
    }
  }
  return {};
}

std::string to_form(const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string out;
  for (const auto& [name, value] : fields) {
    if (!out.empty()) out += '&';
    append_encoded(out, name);
    out += '=';
    append_encoded(out, value);
  }
  return out;
}

}  // namespace pw::websub
