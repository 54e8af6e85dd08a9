#include "cli/plugin/plugin_case.hpp"

#include "core/json/json_field.hpp"
#include "core/text.hpp"
#include "text/date/date.hpp"

#include <boost/json/array.hpp>
#include <spdlog/fmt/fmt.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace pw::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

constexpr std::size_t kContext = 2;

Result<std::string> read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return fail(Errc::io, "cannot read {}", printable(file.string()));
  return std::string{std::istreambuf_iterator<char>(in), {}};
}

Result<void> write_text(const fs::path& file, std::string_view text) {
  std::ofstream out(file, std::ios::binary);
  if (!(out << text).flush()) return fail(Errc::io, "cannot write {}", printable(file.string()));
  return {};
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

}  // namespace

Result<void> write_case(const fs::path& folder, const std::vector<std::string>& given, Time now, const DryRun& run) {
  std::error_code error;
  if (fs::exists(folder, error)) {
    return fail(Errc::invalid, "{} already exists; choose another --name", printable(folder.string()));
  }
  fs::create_directories(folder, error);
  if (error) return fail(Errc::io, "cannot make {}: {}", printable(folder.string()), error.message());
  json::array answers;
  for (const Step& step : run.steps) {
    if (!step.response) continue;
    const std::string file = fmt::format("answer-{}", answers.size() + 1);
    if (auto written = write_text(folder / file, step.response->body); !written) return written;
    answers.push_back({{"url", step.request.url},
                       {"final_url", step.response->final_url},
                       {"content_type", step.response->content_type},
                       {"file", file}});
  }
  const json::object top{
      {"options", json::array(given.begin(), given.end())}, {"now", to_iso8601(now)}, {"answers", std::move(answers)}};
  if (auto written = write_text(folder / "case.json", pretty(top)); !written) return written;
  return write_text(folder / "expected.json", pretty(run.to_json()));
}

std::vector<fs::path> find_cases(const fs::path& folder) {
  std::vector<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
    std::error_code ignored;
    if (fs::exists(it->path() / "case.json", ignored)) out.push_back(it->path());
  }
  std::ranges::sort(out);
  return out;
}

Answerer RecordedCase::answerer() const {
  return [this](const source::Request& request) -> Result<fetch::FetchResponse> {
    const auto found = answers.find(request.url);
    if (found != answers.end()) return found->second;
    return fail(Errc::not_found, "the case has no answer to {}", request.url);
  };
}

Result<RecordedCase> read_case(const fs::path& folder) {
  const auto text = read_text(folder / "case.json");
  if (!text) return text.error();
  const auto document = pw::parse_json(*text);
  if (!document) return document.error();
  RecordedCase out;
  const auto field = [](const json::value& value, const char* pointer) {
    return pw::JsonField::compile(pointer).value().text(value);
  };
  out.given = pw::JsonField::compile("/options/*").value().values(*document);
  const auto now = text::parse_date(field(*document, "/now"), SystemClock{}.now());
  if (!now) return fail(Errc::parse, "case.json: \"now\" is no date");
  out.now = now->time;
  for (const json::value* one : pw::JsonPath::compile("/answers/*").value().select(*document)) {
    fetch::FetchResponse response;
    response.status = 200;
    response.content_type = field(*one, "/content_type");
    response.final_url = field(*one, "/final_url | /url");
    const std::string file = field(*one, "/file");
    if (file.empty() || file.find('/') != std::string::npos)
      return fail(Errc::parse, "case.json: \"file\" must be a name");
    auto body = read_text(folder / file);
    if (!body) return body.error();
    response.body = std::move(*body);
    out.answers.emplace(field(*one, "/url"), std::move(response));
  }
  return out;
}

Result<std::string> play_case(const source::Plugin& plugin, const fs::path& folder, bool update) {
  const auto recorded = read_case(folder);
  if (!recorded) return recorded.error();
  const auto settings = settings_of(plugin, recorded->given);
  if (!settings) return settings.error();
  const std::string now = pretty(dry_run(plugin, *settings, recorded->now, recorded->answerer()).to_json());
  if (update) {
    if (auto written = write_text(folder / "expected.json", now); !written) return written.error();
    return std::string{};
  }
  const auto expected = read_text(folder / "expected.json");
  if (!expected) return expected.error();
  return line_difference(*expected, now);
}

std::string line_difference(const std::string& before, const std::string& after) {
  const auto a = lines_of(before);
  const auto b = lines_of(after);
  // Longest common subsequence, without the common head and tail, which keeps it small.
  std::size_t head = 0;
  while (head < a.size() && head < b.size() && a[head] == b[head]) ++head;
  std::size_t tail = 0;
  while (tail < a.size() - head && tail < b.size() - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  if (head == a.size() && head == b.size()) return "";
  std::string out;
  for (std::size_t i = head - std::min(head, kContext); i < head; ++i) out += "  " + a[i] + '\n';
  for (std::size_t i = head; i < a.size() - tail; ++i) out += "- " + a[i] + '\n';
  for (std::size_t i = head; i < b.size() - tail; ++i) out += "+ " + b[i] + '\n';
  for (std::size_t i = a.size() - tail; i < std::min(a.size(), a.size() - tail + kContext); ++i)
    out += "  " + a[i] + '\n';
  return out;
}

}  // namespace pw::cli
