#include "core/json/json_field.hpp"
#include "core/json/json_member.hpp"
#include "source/kinds/exec/messages.hpp"
#include "source/plugin_host/plugin_lines.hpp"
#include "text/date/date.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <utility>

namespace pw::plugin_host {
namespace {

namespace json = boost::json;

std::optional<config::OptionValue> option_value(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  if (value.is_int64()) return value.get_int64();
  if (value.is_bool()) return value.get_bool();
  if (!value.is_array()) return std::nullopt;
  std::vector<std::string> list;
  for (const json::value& one : value.get_array()) {
    if (one.is_string()) list.emplace_back(one.get_string());
  }
  return list;
}

void read_hello(const json::object& in, std::span<const config::OptionSpec> specs, Message& out) {
  if (const json::array* protocols = array_member(in, "protocols")) {
    out.speaks_our_protocol = std::ranges::any_of(
        *protocols, [](const json::value& one) { return one.is_int64() && one.get_int64() == exec::kProtocol; });
  }
  const json::object* source = object_member(in, "source");
  if (source == nullptr) return;
  out.source.id = text_member(*source, "id");
  out.source.name = text_member(*source, "name");
  const json::object* options = object_member(*source, "options");
  for (const config::OptionSpec& spec : specs) {
    const json::value* value = options == nullptr ? nullptr : options->if_contains(spec.name);
    if (value == nullptr) continue;
    if (auto read = option_value(*value)) out.source.options.set(std::string(spec.name), std::move(*read));
  }
}

Result<Message> read_call(const json::object& in, Message out) {
  constexpr std::array<std::pair<std::string_view, Message::Kind>, 3> kCalls{
      {{"poll", Message::Kind::poll}, {"parse", Message::Kind::parse}, {"extract", Message::Kind::extract}}};
  const std::string_view name = text_member(in, "call");
  const auto known = std::ranges::find(kCalls, name, &std::pair<std::string_view, Message::Kind>::first);
  if (known == kCalls.end()) return fail(Errc::parse, "unknown call \"{}\"", name);
  out.kind = known->second;
  const json::value* id = in.if_contains("id");
  if (id == nullptr || !id->is_int64() || id->get_int64() <= 0) return fail(Errc::parse, "the call has no id");
  out.id = static_cast<std::uint64_t>(id->get_int64());
  if (const auto now = text::parse_date(text_member(in, "now"), Time{})) out.now = now->time;
  out.tag = text_member(in, "tag");
  out.url = text_member(in, "url");
  out.content_type = text_member(in, "content_type");
  out.body = text_member(in, out.kind == Message::Kind::extract ? "html" : "body");
  return out;
}

}  // namespace

Result<Message> read_message(std::string_view line, std::span<const config::OptionSpec> options) {
  const auto document = pw::parse_json(line, exec::kMaxDepth);
  if (!document) return document.error();
  const json::object* in = document->if_object();
  if (in == nullptr) return fail(Errc::parse, "a line that is no JSON object");
  const std::string_view type = text_member(*in, "type");
  Message out;
  out.cursor = text_member(*in, "cursor");
  if (type == "call") return read_call(*in, std::move(out));
  if (type == "ack") {
    out.kind = Message::Kind::ack;
    return out;
  }
  if (type != "hello") return fail(Errc::parse, "unknown type \"{}\"", type);
  read_hello(*in, options, out);
  return out;
}

}  // namespace pw::plugin_host
