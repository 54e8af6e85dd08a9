#include "source/plugin_host/serve.hpp"

#include "source/plugin_host/plugin_lines.hpp"

#include <memory>
#include <stdexcept>

namespace pw::plugin_host {
namespace {

template <class Answer, class Write>
std::string answer(std::uint64_t id, const Result<Answer>& result, Write write) {
  return result ? write(id, *result) : error_line(id, result.error().message);
}

std::string answer_call(source::Source& source, const Message& call) {
  switch (call.kind) {
    case Message::Kind::poll: return answer(call.id, source.poll({call.cursor, call.now}), answer_lines);
    case Message::Kind::parse:
      return answer(call.id, source.parse({call.body, call.url, call.content_type, call.tag, call.cursor, call.now}),
                    answer_lines);
    default: return answer(call.id, source.extract({call.body, call.url, call.now}), article_line);
  }
}

Result<std::unique_ptr<source::Source>> shake_hands(const source::Plugin& plugin, const source::Package& package,
                                                    const Lines& lines) {
  std::string line;
  if (!lines.read(line)) return fail(Errc::io, "no input: write hello to standard input");
  const auto hello = read_message(line, package.options);
  if (!hello) return hello.error();
  if (hello->kind != Message::Kind::hello || !hello->speaks_our_protocol) {
    return fail(Errc::unsupported, "the first line is not a hello of protocol 1");
  }
  try {
    auto source = plugin.make(hello->source);
    lines.write(ready_line(package.version, plugin.extracts));
    return source;
  } catch (const std::invalid_argument& error) {
    return fail(Errc::plugin, "{}", error.what());
  }
}

}  // namespace

Result<void> serve(const source::Plugin& plugin, const source::Package& package, const Lines& lines) {
  const auto source = shake_hands(plugin, package, lines);
  if (!source) return source.error();
  std::string line;
  while (lines.read(line)) {
    const auto message = read_message(line, package.options);
    if (!message) return message.error();
    if (message->kind == Message::Kind::ack) {
      (*source)->stored(message->cursor);
    } else if (message->kind == Message::Kind::hello) {
      return fail(Errc::parse, "hello may be sent only once");
    } else {
      lines.write(answer_call(**source, *message));
    }
  }
  return {};
}

}  // namespace pw::plugin_host
