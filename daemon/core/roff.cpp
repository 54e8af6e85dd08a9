#include "core/roff.hpp"

namespace pw {
namespace {

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\e"; break;
      case '-': out += "\\-"; break;
      case '~': out += "\\(ti"; break;
      case '^': out += "\\(ha"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace

std::string roff(std::string_view text) {
  return (text.starts_with('.') || text.starts_with('\'') ? "\\&" : "") + escaped(text);
}

std::string roff_argument(std::string_view text) {
  std::string out = "\"";
  for (const char c : escaped(text)) {
    if (c == '"') {
      out += "\\(dq";
    } else {
      out += c;
    }
  }
  return out + '"';
}

}  // namespace pw
