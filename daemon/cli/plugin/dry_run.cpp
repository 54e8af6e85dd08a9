#include "cli/plugin/dry_run.hpp"

#include "core/text.hpp"
#include "pipeline/answers.hpp"
#include "pipeline/plugin_call.hpp"
#include "source/kinds/exec/emitted_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

namespace pw::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxRequests = 20;

json::object step_json(const Step& step) {
  json::object out;
  if (!step.request.url.empty()) out["answer_to"] = step.request.url;
  if (step.error) out["error"] = step.error->message;
  const source::Emitted& emitted = step.emitted;
  json::array requests;
  for (const auto& one : emitted.requests) requests.push_back(exec::to_json(one));
  json::array items;
  for (const auto& one : emitted.items) items.push_back(exec::to_json(one, exec::DateForm::utc));
  if (!requests.empty()) out["requests"] = std::move(requests);
  if (!items.empty()) out["items"] = std::move(items);
  if (emitted.cursor) out["cursor"] = *emitted.cursor;
  if (emitted.pace.at_least.count() > 0) out["pace"] = to_string(emitted.pace.at_least);
  if (!emitted.warnings.empty()) out["warnings"] = exec::json_texts(emitted.warnings);
  return out;
}

void keep(Step& step, Result<source::Emitted> emitted) {
  if (emitted) {
    step.emitted = std::move(*emitted);
  } else {
    step.error = emitted.error();
  }
}

void append_pretty(std::string& out, const json::value& value, std::size_t depth) {
  const std::string indent(2 * (depth + 1), ' ');
  const bool is_object = value.is_object() && !value.get_object().empty();
  const bool is_array = value.is_array() && !value.get_array().empty();
  if (!is_object && !is_array) {
    out += json::serialize(value);
    return;
  }
  out += is_object ? "{\n" : "[\n";
  bool first = true;
  const auto next = [&] {
    if (!first) out += ",\n";
    first = false;
    out += indent;
  };
  if (is_object) {
    for (const auto& member : value.get_object()) {
      next();
      out += json::serialize(json::string(member.key())) + ": ";
      append_pretty(out, member.value(), depth + 1);
    }
  } else {
    for (const json::value& one : value.get_array()) {
      next();
      append_pretty(out, one, depth + 1);
    }
  }
  out += '\n' + std::string(2 * depth, ' ') + (is_object ? '}' : ']');
}

Result<config::OptionValue> option_value(const config::OptionSpec& spec, const std::string& text) {
  switch (spec.type) {
    case config::OptionType::number: {
      std::int64_t number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (error != std::errc{} || end != text.data() + text.size()) {
        return fail(Errc::invalid, "{} must be a whole number, not \"{}\"", spec.name, printable(text));
      }
      return config::OptionValue(number);
    }
    case config::OptionType::flag: return config::OptionValue(text == "true");
    case config::OptionType::list: {
      std::vector<std::string> list;
      for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        list.push_back(text.substr(at, end - at));
        at = end + 1;
      }
      return config::OptionValue(std::move(list));
    }
    default: return config::OptionValue(text);
  }
}

}  // namespace

bool DryRun::failed() const {
  return std::ranges::any_of(steps, [](const Step& step) { return step.error.has_value(); });
}

json::object DryRun::to_json() const {
  json::array list;
  for (const Step& step : steps) list.push_back(step_json(step));
  return {{"steps", std::move(list)}};
}

DryRun dry_run(const source::Plugin& plugin, const config::SourceSettings& settings, Time now, const Answerer& answer) {
  const auto source = plugin.make(settings);
  return dry_run(*source, plugin.body, "", now, answer);
}

DryRun dry_run(source::Source& source, source::Plugin::Body body_kind, std::string_view cursor, Time now,
               const Answerer& answer) {
  DryRun out;
  Step first;
  keep(first, pipeline::guarded([&] { return source.poll({cursor, now}); }));
  std::vector<source::Request> requests = first.emitted.requests;
  out.steps.push_back(std::move(first));
  for (std::size_t i = 0; i < requests.size() && i < kMaxRequests; ++i) {
    Step step;
    step.request = requests[i];
    auto response = answer(step.request);
    if (!response) {
      step.error = response.error();
    } else if (response->status != 200) {
      step.error = pipeline::status_error(*response);
    } else {
      const pipeline::Body body = pipeline::decode_body(body_kind, *response);
      keep(step, pipeline::guarded([&] {
             return source.parse(
                 {body.text, response->final_url, response->content_type, step.request.tag, cursor, now});
           }));
      step.response = std::move(*response);
    }
    std::ranges::copy(step.emitted.requests, std::back_inserter(requests));
    out.steps.push_back(std::move(step));
  }
  return out;
}

Result<std::shared_ptr<const source::Plugin>> load_folder(source::Registry& registry,
                                                          const std::filesystem::path& folder) {
  const std::filesystem::path full = std::filesystem::weakly_canonical(std::filesystem::absolute(folder));
  const std::array<std::filesystem::path, 1> parents{full.parent_path()};
  const auto refusals = registry.load(parents);
  const std::string name = full.filename().string();
  for (const source::Refusal& refusal : refusals) {
    if (refusal.name == name) return fail(Errc::config, "{}", refusal.text());
  }
  auto found = registry.find(name);
  if (!found || !found->package) return fail(Errc::not_found, "{} holds no plugin.toml", printable(full.string()));
  return found;
}

Result<config::SourceSettings> settings_of(const source::Plugin& plugin, const std::vector<std::string>& given) {
  config::SourceSettings out;
  out.id = plugin.name;
  out.name = plugin.name;
  out.plugin = plugin.name;
  for (const config::OptionSpec& spec : plugin.options) {
    if (spec.fallback != nullptr) out.options.set(std::string(spec.name), *spec.fallback);
  }
  for (const std::string& one : given) {
    const std::size_t equals = one.find('=');
    const std::string name = one.substr(0, equals);
    const auto spec = std::ranges::find(plugin.options, name, &config::OptionSpec::name);
    if (equals == std::string::npos || spec == plugin.options.end()) {
      return fail(Errc::invalid, "\"{}\" is not NAME=VALUE of an option that {} declares", printable(one), plugin.name);
    }
    auto value = option_value(*spec, one.substr(equals + 1));
    if (!value) return value.error();
    out.options.set(name, std::move(*value));
  }
  for (const config::OptionSpec& spec : plugin.options) {
    if (spec.required && !out.options.has(spec.name)) {
      return fail(Errc::invalid, "the option {} is missing ({}); give it with --set {}=…", spec.name, spec.help,
                  spec.name);
    }
  }
  return out;
}

std::string pretty(const json::value& value) {
  std::string out;
  append_pretty(out, value, 0);
  return out + '\n';
}

}  // namespace pw::cli
