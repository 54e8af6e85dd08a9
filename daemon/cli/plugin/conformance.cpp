#include "cli/plugin/conformance.hpp"

#include "cli/plugin/hostile_answers.hpp"
#include "core/text.hpp"
#include "pipeline/answers.hpp"
#include "pipeline/plugin_call.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <stdexcept>
#include <utility>

namespace pw::cli {
namespace {

using config::OptionType;
using config::OptionValue;

constexpr std::size_t kLongText = 4096;
constexpr std::size_t kMostRequests = 20;

std::vector<OptionValue> odd_values(OptionType type) {
  switch (type) {
    case OptionType::number:
      return {std::int64_t{0}, std::int64_t{-1}, std::numeric_limits<std::int64_t>::max(),
              std::numeric_limits<std::int64_t>::min()};
    case OptionType::flag: return {true, false};
    case OptionType::list:
      return {std::vector<std::string>{}, std::vector<std::string>{""}, std::vector<std::string>(1000, "x")};
    case OptionType::url:  // what the configuration accepts
      return {std::string("https://x.example"), std::string("https://x.example:8443/a b?q=<>\"&#f"),
              std::string("http://[::1]/%00/../%FF"), "https://x.example/" + std::string(kLongText, 'x')};
    case OptionType::selector:
      return {std::string(), std::string("li["), std::string("*"), std::string(kLongText, '(')};
    default:
      return {std::string(), std::string("\n\t "), std::string("%s%n{}<>&\"'\\"), std::string("\xE2\x80\xAE\xD7\xA9"),
              std::string(kLongText, 'x')};
  }
}

std::vector<std::string> odd_cursors() {
  return {"-1",
          "9223372036854775808",
          "x",
          "{}",
          "null",
          "\n",
          std::string("\0\0", 2),
          std::string(kLongText, '9'),
          "\xF0\x9F\x97\x9E"};
}

/// All results of a run, including errors, as one text.
std::string picture(const DryRun& run) { return pretty(run.to_json()); }

/// Also answers requests that were not recorded, so that unusual options and cursors reach parse.
Answerer any_answer(const RecordedCase& recorded) {
  return [&recorded](const source::Request& request) -> Result<fetch::FetchResponse> {
    if (recorded.answers.empty()) return fail(Errc::not_found, "the case has no answer");
    const auto found = recorded.answers.find(request.url);
    return found == recorded.answers.end() ? recorded.answers.begin()->second : found->second;
  };
}

std::string last_cursor(const DryRun& run) {
  std::string out;
  for (const Step& step : run.steps) {
    if (step.emitted.cursor) out = *step.emitted.cursor;
  }
  return out;
}

}  // namespace

Conformance::Conformance(const source::Plugin& plugin, std::vector<RecordedCase> cases, std::shared_ptr<Watch> watch)
    : plugin_(watched(plugin, watch)), cases_(std::move(cases)), watch_(std::move(watch)) {}

Conformance::Source Conformance::make(const RecordedCase& recorded) const {
  const auto settings = settings_of(plugin_, recorded.given);
  if (!settings) throw std::invalid_argument(settings.error().message);
  return plugin_.make(*settings);
}

bool Conformance::orderly(const Error& error, const std::string& what) {
  if (error.code != Errc::plugin && error.code != Errc::internal) return true;
  verdict_.failures.push_back(fmt::format("{}: {}", what, error.message));
  return false;
}

bool Conformance::orderly(const DryRun& run, const std::string& what) {
  return std::ranges::all_of(run.steps, [&](const Step& step) { return !step.error || orderly(*step.error, what); });
}

bool Conformance::run(const Report& report) {
  const std::array<std::pair<const char*, void (Conformance::*)()>, 8> rules{
      {{"options", &Conformance::options},
       {"repetition", &Conformance::repetition},
       {"ids", &Conformance::ids},
       {"position", &Conformance::positions},
       {"odd cursors", &Conformance::odd_positions},
       {"answers", &Conformance::answers},
       {"pages", &Conformance::pages},
       {"deadlines", &Conformance::deadlines}}};
  bool kept = true;
  for (const auto& [name, rule] : rules) {
    verdict_ = Verdict{name, "", {}};
    watch_->label = name;
    try {
      (this->*rule)();
    } catch (const std::exception& error) {
      verdict_.failures.push_back(fmt::format("{}: an exception: {}", watch_->label, error.what()));
    }
    kept = kept && verdict_.failures.empty();
    report(verdict_);
  }
  return kept;
}

void Conformance::options() {
  std::size_t tried = 0;
  std::size_t refused = 0;
  const auto good = settings_of(plugin_, cases_.front().given);
  if (!good) throw std::invalid_argument(good.error().message);
  for (const config::OptionSpec& spec : plugin_.options) {
    for (const OptionValue& value : odd_values(spec.type)) {
      config::SourceSettings settings = *good;
      settings.options.set(std::string(spec.name), value);
      watch_->label = fmt::format("options: odd value {} of {}", ++tried, spec.name);
      try {
        const DryRun run = dry_run(plugin_, settings, cases_.front().now, any_answer(cases_.front()));
        refused += run.failed() ? 1U : 0U;
        orderly(run, watch_->label);
      } catch (const std::invalid_argument& error) {
        ++refused;
        if (std::string_view(error.what()).empty())
          verdict_.failures.push_back(watch_->label + ": refused without a reason");
      }
    }
  }
  verdict_.summary = fmt::format("{} odd values, {} of them refused in order", tried, refused);
}

void Conformance::repetition() {
  for (const RecordedCase& recorded : cases_) {
    const Source one = make(recorded);
    const DryRun first = dry_run(*one, plugin_.body, "", recorded.now, recorded.answerer());
    const DryRun again = dry_run(*one, plugin_.body, "", recorded.now, recorded.answerer());
    const DryRun fresh = dry_run(*make(recorded), plugin_.body, "", recorded.now, recorded.answerer());
    if (!orderly(first, "the first turn")) continue;
    for (const auto& [what, run] : {std::pair("a second turn", &again), std::pair("a new source", &fresh)}) {
      const std::string difference = line_difference(picture(first), picture(*run));
      if (!difference.empty()) {
        verdict_.failures.push_back(fmt::format("{} emits something else for the same input:\n{}", what, difference));
      }
    }
    if (first.steps.front().emitted.requests.size() > kMostRequests) {
      verdict_.failures.push_back(fmt::format("poll emits more than {} requests", kMostRequests));
    }
  }
  verdict_.summary = fmt::format("{} cases, each three times", cases_.size());
}

void Conformance::ids() {
  std::size_t items = 0;
  for (const RecordedCase& recorded : cases_) {
    for (const Step& step : dry_run(*make(recorded), plugin_.body, "", recorded.now, recorded.answerer()).steps) {
      std::set<std::string_view> seen;
      for (const source::Item& item : step.emitted.items) {
        ++items;
        if (!seen.insert(item.id).second)
          verdict_.failures.push_back(fmt::format("two items have the id \"{}\"", item.id));
      }
    }
  }
  if (items == 0) verdict_.failures.emplace_back("no case emits an item");
  verdict_.summary = fmt::format("{} items", items);
}

void Conformance::positions() {
  std::size_t accepted = 0;
  for (const RecordedCase& recorded : cases_) {
    const Source one = make(recorded);
    const std::string cursor = last_cursor(dry_run(*one, plugin_.body, "", recorded.now, recorded.answerer()));
    one->stored(cursor);
    one->stored("");
    const Source fresh = make(recorded);
    for (source::Source* source : {one.get(), fresh.get()}) {
      const auto polled = pipeline::guarded([&] { return source->poll({cursor, recorded.now}); });
      if (!polled)
        verdict_.failures.push_back(
            fmt::format("poll fails with the cursor \"{}\" that it set: {}", cursor, polled.error().message));
      ++accepted;
    }
  }
  verdict_.summary = fmt::format("{} polls from a cursor that the plugin set, after stored", accepted);
}

void Conformance::odd_positions() {
  const RecordedCase& recorded = cases_.front();
  for (const std::string& cursor : odd_cursors()) {
    watch_->label = fmt::format("the cursor \"{}\"", printable(cursor, 20));
    const Source source = make(recorded);
    const DryRun run = dry_run(*source, plugin_.body, cursor, recorded.now, any_answer(recorded));
    orderly(run, watch_->label);
    source->stored(cursor);
  }
  verdict_.summary = fmt::format("{} cursors that it never set", odd_cursors().size());
}

void Conformance::answers() {
  std::size_t tried = 0;
  std::size_t refused = 0;
  for (const RecordedCase& recorded : cases_) {
    const DryRun expected = dry_run(*make(recorded), plugin_.body, "", recorded.now, recorded.answerer());
    Source source = make(recorded);
    for (const Step& step : expected.steps) {
      if (!step.response) continue;
      for (HostileAnswer& hostile : hostile_answers(step.response->body)) {
        watch_->label = fmt::format("an answer {}", hostile.name);
        fetch::FetchResponse response = *step.response;
        response.body = std::move(hostile.body);
        const pipeline::Body body = pipeline::decode_body(plugin_.body, response);
        const auto parsed = pipeline::guarded([&] {
          return source->parse(
              {body.text, response.final_url, response.content_type, step.request.tag, "", recorded.now});
        });
        ++tried;
        if (parsed) continue;
        ++refused;
        if (!orderly(parsed.error(), watch_->label)) source = make(recorded);
      }
    }
    watch_->label = "the good answers after the bad ones";
    const DryRun after = dry_run(*source, plugin_.body, "", recorded.now, recorded.answerer());
    const std::string difference = line_difference(picture(expected), picture(after));
    if (!difference.empty()) {
      verdict_.failures.push_back(fmt::format("after bad answers good ones give something else:\n{}", difference));
    }
  }
  verdict_.summary = fmt::format("{} bad answers, {} of them refused in order", tried, refused);
}

void Conformance::pages() {
  const RecordedCase& recorded = cases_.front();
  Source source = make(recorded);
  const std::string good = recorded.answers.empty() ? "" : recorded.answers.begin()->second.body;
  const std::string url =
      recorded.answers.empty() ? "https://example.org/" : recorded.answers.begin()->second.final_url;
  std::size_t tried = 0;
  for (const HostileAnswer& hostile : hostile_answers(good)) {
    watch_->label = fmt::format("a page {}", hostile.name);
    const std::string html = to_valid_utf8(hostile.body);
    const auto article = pipeline::guarded([&] { return source->extract({html, url, recorded.now}); });
    ++tried;
    if (!article && !orderly(article.error(), watch_->label)) source = make(recorded);
  }
  verdict_.summary = fmt::format("{} pages that are none", tried);
}

void Conformance::deadlines() {
  using std::chrono::duration_cast;
  const Milliseconds limit = plugin_.package ? plugin_.package->limits.call : Milliseconds{10'000};
  const double ms = static_cast<double>(watch_->longest.count()) / 1000;
  verdict_.summary =
      fmt::format("{} calls, the longest {:.1f} ms ({})", watch_->calls, ms, printable(watch_->longest_label, 100));
  if (watch_->longest > limit) {
    verdict_.failures.push_back(fmt::format("a call took longer than [limits] call, {}", to_string(limit)));
  }
}

}  // namespace pw::cli
