#include "cli/inspect/inspect.hpp"

#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/verb.hpp"
#include "core/text.hpp"

#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <optional>

namespace pw::cli {
namespace {

std::optional<std::string> read_input(const std::string& name) {
  if (name == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  std::ifstream in(name, std::ios::binary);
  if (!in) return std::nullopt;
  std::string bytes;
  std::error_code unknown;
  if (const auto size = std::filesystem::file_size(name, unknown); !unknown) bytes.resize(size);
  in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  // A pipe has no size, and a file may have grown.
  if (in) bytes.append(std::istreambuf_iterator<char>(in), {});
  return bytes;
}

int unknown_kind(const std::string& name) {
  std::vector<std::string_view> names;
  for (const InspectKind* kind : inspect_kinds()) names.push_back(kind->name);
  const std::string_view near = nearest_name(name, names);
  std::cerr << "presswatch: there is no kind \"" << printable(name) << '"';
  if (!near.empty()) std::cerr << "; did you mean \"" << near << "\"?";
  std::cerr << " See presswatch inspect --help\n";
  return kExitUsage;
}

/// Runs a single input or a batch.
int run_inspect(const InspectOptions& options) {
  const auto kinds = inspect_kinds();
  const auto found = std::ranges::find(kinds, options.kind, [](const InspectKind* kind) { return kind->name; });
  if (found == kinds.end()) return unknown_kind(options.kind);
  const InspectKind& kind = **found;
  if (!options.batch.empty()) return run_inspect_batch(kind, options);
  if (options.inputs.empty()) {
    std::cerr << "presswatch: nothing to inspect; give an input, or --batch FILE.jsonl\n";
    return kExitUsage;
  }
  SingleInput input;
  input.url = options.url;
  input.content_type = options.content_type;
  input.explain = options.explain;
  input.without = options.without;
  auto bytes = kind.input_is_text ? std::optional(options.inputs[0]) : read_input(options.inputs[0]);
  if (!bytes) return report("cannot open " + options.inputs[0]);
  input.bytes = std::move(*bytes);
  if (options.inputs.size() > 1) input.extra = read_input(options.inputs[1]).value_or(options.inputs[1]);
  const boost::json::object out = kind.single(input);
  if (const auto* lines = out.if_contains("explain"); lines != nullptr && lines->is_string()) {
    std::cout << std::string_view{lines->get_string()};
  } else {
    std::cout << boost::json::serialize(out) << '\n';
  }
  return out.contains("error") ? kExitFailed : kExitOk;
}

}  // namespace

std::span<const InspectKind* const> inspect_kinds() {
  static const std::array kinds{
      &kInspectCharset, &kInspectDate,   &kInspectFeed,     &kInspectPage,
      &kInspectQuery,   &kInspectRobots, &kInspectSelector, &kInspectUrl,
  };
  return kinds;
}

Run inspect_verb(Arguments& arguments) {
  auto in = std::make_shared<InspectOptions>();
  arguments.footer = "Kinds:";
  for (const InspectKind* kind : inspect_kinds())
    arguments.footer += fmt::format("\n  {}: {}", kind->name, kind->summary);
  arguments.footer +=
      "\n\nAn input is a file, or - for standard input; of kinds that read a short text, the text itself.";
  arguments.add("kind", &in->kind, "what the input is").required = true;
  arguments.add("input", &in->inputs, "the input; robots takes a URL second, selector an HTML file");
  arguments.add("--batch", &in->batch, "a .jsonl file of cases; prints one JSON line for each");
  arguments.add("--url", &in->url, "the URL from which the input was fetched");
  arguments.add("--content-type", &in->content_type, "what HTTP said of it");
  arguments.add("--explain", &in->explain, "say why as well");
  arguments.add("--without", &in->without, "page: rules of extraction to switch off, to see what they are worth");
  arguments.add("--timing", &in->timing,
                "items a second of the work itself, on standard error; the first case is run twice, and timed once");
  return [in] { return run_inspect(*in); };
}

}  // namespace pw::cli
