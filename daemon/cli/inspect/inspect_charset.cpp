#include "cli/inspect/inspect.hpp"
#include "text/charset/charset.hpp"

namespace pw::cli {
namespace {

boost::json::value name_or_null(const std::string& name) {
  return name.empty() ? boost::json::value() : boost::json::value(name);
}

boost::json::object decoded(const text::Decoded& result) {
  return {{"encoding", result.encoding}, {"declared", result.declared}, {"text", result.text}};
}

boost::json::object batch(const BatchCase& one, WorkClock& clock) {
  const std::string kind = one.text("kind").value_or("");
  const std::string type = one.text("content_type").value_or("");
  if (kind == "label") return {{"encoding", name_or_null(text::encoding_for_label(one.text("label").value_or("")))}};
  if (kind == "http-charset") return {{"encoding", name_or_null(text::encoding_from_content_type(type))}};
  const std::string bytes = one.base64("bytes_b64");
  return clock.time(bytes.size(), [&]() -> boost::json::object {
    if (kind == "html-sniff") {
      const std::string found = text::declared_html_encoding(bytes, type);
      return {{"encoding", found.empty() ? one.text("default").value_or("windows-1252") : found}};
    }
    if (kind == "xml-sniff") {
      const std::string found = text::declared_xml_encoding(bytes, type);
      return {{"encoding", found.empty() ? "UTF-8" : found}};
    }
    if (kind == "decode") return {{"text", text::decode_as(bytes, one.text("encoding").value_or(""))}};
    return decoded(text::decode_html(bytes, type));
  });
}

boost::json::object single(const SingleInput& input) {
  return decoded(text::decode_html(input.bytes, input.content_type));
}

}  // namespace

const InspectKind kInspectCharset{.name = "charset",
                                  .summary = "the encoding of a page and its text in UTF-8",
                                  .input_is_text = false,
                                  .batch = batch,
                                  .single = single};

}  // namespace pw::cli
