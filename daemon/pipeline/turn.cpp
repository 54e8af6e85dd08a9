#include "pipeline/turn.hpp"

#include "core/log.hpp"
#include "core/text.hpp"
#include "parse/charset.hpp"
#include "parse/gzip.hpp"

#include <spdlog/fmt/fmt.h>

#include <string_view>

namespace pw::pipeline {
namespace {

using namespace std::chrono_literals;

std::string_view meaning(int status) {
  switch (status) {
    case 401: return "it wants a login";
    case 403: return "it refuses us (blocked, or behind a bot wall)";
    case 404: return "there is nothing at this address";
    case 410: return "it is gone for good";
    case 429: return "it asks us to come less often";
    case 503: return "it is overloaded or in maintenance";
    default: return status >= 500 ? "the server failed" : "unexpected";
  }
}

std::string state_of(const Round& round) {
  if (!round.error) return "ok";
  if (round.gone) return "gone";
  switch (round.error->code) {
    case Errc::refused: return "refused";
    case Errc::busy: return "waiting";
    case Errc::timeout: return "slow";
    case Errc::parse: return "unreadable";
    case Errc::plugin: return "plugin";
    default: return "failing";
  }
}

}  // namespace

Error status_error(const fetch::FetchResponse& response) {
  const Errc code = response.status == 429 || response.status == 503 ? Errc::busy : Errc::http;
  return fail(code, "{} answered {}: {}", printable(response.final_url), response.status, meaning(response.status));
}

bool is_transient(const Error& error, int status) {
  if (status != 0) return status == 408 || status == 425 || status == 429 || status >= 500;
  return error.code == Errc::timeout || error.code == Errc::io || error.code == Errc::busy;
}

std::string decode_body(source::Plugin::Body kind, const fetch::FetchResponse& response) {
  const std::string unzipped = parse::gunzip_if_gzip(response.body);
  switch (kind) {
    case source::Plugin::Body::xml: return parse::decode_xml(unzipped, response.content_type).text;
    case source::Plugin::Body::html: return parse::decode_html(unzipped, response.content_type).text;
    case source::Plugin::Body::automatic:
      if (response.content_type.find("html") != std::string::npos) {
        return parse::decode_html(unzipped, response.content_type).text;
      }
      if (response.content_type.find("xml") != std::string::npos) {
        return parse::decode_xml(unzipped, response.content_type).text;
      }
      break;
    case source::Plugin::Body::raw: break;
  }
  return to_valid_utf8(unzipped);
}

Time out_of_skipped(Time due, const source::Pace& pace) {
  using namespace std::chrono;
  for (int hours = 0; hours < 24 * 7; ++hours) {
    const auto day = floor<days>(due);
    const auto hour = static_cast<unsigned>(duration_cast<std::chrono::hours>(due - day).count());
    const bool skipped =
        ((pace.skip_hours >> hour) & 1U) != 0 || ((pace.skip_days >> weekday{day}.c_encoding()) & 1U) != 0;
    if (!skipped) return due;
    due = floor<std::chrono::hours>(due) + 1h;
  }
  return due;  // all of the week is skipped: the feed cannot mean that
}

void note_outcome(SourceEntry& entry, const Round& round, Time now) {
  store::SourceState& state = entry.state;
  const std::string before = state.state;
  state.state = state_of(round);
  state.reason = round.error ? round.error->message : "";
  if (!round.error && !round.warnings.empty()) state.reason = round.warnings.front();
  if (round.changed && !round.error) entry.pace = round.pace;
  entry.unchanged = round.fresh > 0 ? 0 : entry.unchanged + 1;
  if (round.error && round.error->code != Errc::busy) {
    ++state.failures;
  } else if (!round.error) {
    state.failures = 0;
    state.last_ok = now;
  }
  if (state.state == before) return;
  if (round.error) {
    spdlog::warn("{}: {}: {}", entry.settings.id, state.state, printable(state.reason));
  } else {
    spdlog::info("{}: ok{}{}", entry.settings.id, state.reason.empty() ? "" : ": ", printable(state.reason));
  }
}

}  // namespace pw::pipeline
