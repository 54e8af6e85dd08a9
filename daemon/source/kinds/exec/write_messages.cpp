#include "core/text.hpp"
#include "source/kinds/exec/messages.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace pw::exec {
namespace {

namespace json = boost::json;

json::value option_value(const config::Options& options, const config::OptionSpec& spec) {
  switch (spec.type) {
    case config::OptionType::number: return options.number(spec.name, 0);
    case config::OptionType::flag: return options.flag(spec.name, false);
    case config::OptionType::list: {
      const auto list = options.list(spec.name);
      return json::array(list.begin(), list.end());
    }
    default: return json::string(options.text(spec.name));
  }
}

std::string line_of(const json::object& message) { return json::serialize(message) + '\n'; }

json::object call(std::uint64_t id, std::string_view name, Time now, Milliseconds deadline) {
  return {{"type", "call"}, {"id", id}, {"call", name}, {"now", to_iso8601(now)}, {"deadline_ms", deadline.count()}};
}

/// JSON strings are Unicode, whereas a header sent by a server may contain any bytes.
json::string text(std::string_view bytes) { return json::string(to_valid_utf8(bytes)); }

}  // namespace

std::string hello_line(const Hello& hello) {
  json::object options;
  for (const config::OptionSpec& spec : hello.options) {
    if (hello.source.options.has(spec.name)) options[spec.name] = option_value(hello.source.options, spec);
  }
  return line_of({{"type", "hello"},
                  {"protocols", json::array{kProtocol}},
                  {"presswatch", PW_VERSION},
                  {"source", {{"id", hello.source.id}, {"name", hello.source.name}, {"options", std::move(options)}}},
                  {"limits", {{"line", kMaxLine}, {"answer", hello.max_answer}, {"items", kMaxItems}}}});
}

std::string poll_line(std::uint64_t id, const source::PollInput& input, Milliseconds deadline) {
  json::object out = call(id, "poll", input.now, deadline);
  out["cursor"] = text(input.cursor);
  return line_of(out);
}

std::string parse_line(std::uint64_t id, const source::ParseInput& input, Milliseconds deadline) {
  json::object out = call(id, "parse", input.now, deadline);
  out["cursor"] = text(input.cursor);
  out["tag"] = text(input.tag);
  out["url"] = text(input.url);
  out["content_type"] = text(input.content_type);
  out["body"] = text(input.body);
  return line_of(out);
}

std::string extract_line(std::uint64_t id, const source::PageInput& input, Milliseconds deadline) {
  json::object out = call(id, "extract", input.now, deadline);
  out["url"] = text(input.url);
  out["html"] = text(input.html);
  return line_of(out);
}

std::string ack_line(std::string_view cursor) { return line_of({{"type", "ack"}, {"cursor", text(cursor)}}); }

}  // namespace pw::exec
