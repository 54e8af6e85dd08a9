#include "source/kinds/exec/exec_source.hpp"

#include "core/log.hpp"
#include "core/text.hpp"

#include <sys/eventfd.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <utility>

namespace pw::exec {
namespace {

using Steady = std::chrono::steady_clock;

constexpr Milliseconds kStartWithin{15'000};  // an interpreter may take long to start on a busy machine
constexpr std::size_t kMaxHandshake = std::size_t{64} << 10U;
constexpr Milliseconds kAckWithin{500};
constexpr int kMaxLogLines = 50;  // per call

/// Converts the level prefixes of sd-daemon(3): "<3>" error, "<4>" warning, "<6>" info, "<7>" debug.
log::Level level_of(std::string_view& line) {
  if (line.size() < 3 || line[0] != '<' || line[2] != '>' || line[1] < '0' || line[1] > '7') return log::Level::info;
  const char digit = line[1];
  line.remove_prefix(3);
  if (digit <= '3') return log::Level::error;
  if (digit <= '4') return log::Level::warn;
  return digit <= '6' ? log::Level::info : log::Level::debug;
}

void merge(source::Emitted& into, source::Emitted&& more) {
  std::ranges::move(more.items, std::back_inserter(into.items));
  for (std::string& warning : more.warnings) source::add_warning(into.warnings, std::move(warning));
  for (source::Request& request : more.requests) {
    if (into.requests.size() < source::kMaxRequests) {
      into.requests.push_back(std::move(request));
    } else {
      source::add_warning(into.warnings, fmt::format("only the first {} requests are kept", source::kMaxRequests));
    }
  }
  if (more.cursor) into.cursor = std::move(more.cursor);
  if (more.pace != source::Pace{}) into.pace = more.pace;
}

}  // namespace

ExecSource::ExecSource(std::shared_ptr<const source::Package> package, config::SourceSettings settings,
                       std::shared_ptr<Launcher> launcher)
    : package_(std::move(package)),
      settings_(std::move(settings)),
      launcher_(std::move(launcher)),
      interrupt_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

ExecSource::~ExecSource() { end_child(); }

void ExecSource::end_child() {
  if (!child_) return;
  child_->input = channel_->release_input();
  launcher_->end(std::move(*child_));
  channel_.reset();
  child_.reset();
}

void ExecSource::renew_in_time() {
  const auto used = processor_time(child_->pid);
  if (used && *used * 5 > std::chrono::seconds(package_->limits.cpu_seconds) * 4) end_child();
}

Result<void> ExecSource::check_processes() const {
  const std::size_t found = count_group(child_->pid);
  if (found <= package_->limits.processes) return {};
  return fail(Errc::plugin, "has {} processes; its limit is {}", found, package_->limits.processes);
}

std::string ExecSource::last_words() const {
  return last_line_.empty() ? "" : fmt::format(": {}", printable(last_line_, 300));
}

void ExecSource::log_line(std::string_view line) {
  if (++logged_ > kMaxLogLines) {
    if (logged_ == kMaxLogLines + 1)
      log::say("plugin-logs-cut", {.source = settings_.id}, "{}: the plugin logs too much; dropping further lines",
               settings_.id);
    return;
  }
  const auto level = level_of(line);
  last_line_ = line;
  log::say_at(level, "plugin-log", {.source = settings_.id}, fmt::format("{}: {}", settings_.id, printable(line)));
}

void ExecSource::interrupt() noexcept { eventfd_write(interrupt_.get(), 1); }

Error ExecSource::break_off(const Error& why) {
  if (why.code == Errc::cancelled) {
    end_child();
    return why;
  }
  channel_->drain_log();
  std::string message = why.message;
  if (why.code == Errc::io) {
    if (const auto ending = ending_of(child_->pid)) message = *ending + last_words();
  }
  end_child();
  restarts_.failed(Steady::now());
  last_failure_ = message;
  return fail(Errc::plugin, "the plugin {} {}; it will be started again in {}", package_->name, message,
              to_string(std::chrono::ceil<std::chrono::seconds>(restarts_.wait(Steady::now()))));
}

Result<void> ExecSource::ensure_running(Time now) {
  logged_ = 0;
  last_line_.clear();
  if (child_ && channel_->disturbed()) {
    channel_->drain_log();
    const auto ending = ending_of(child_->pid);
    if (ending == "ended with exit code 0") {
      end_child();
    } else {
      return break_off(ending ? Error{Errc::plugin, *ending}
                              : fail(Errc::plugin, "wrote unexpected output or closed its output"));
    }
  }
  if (child_) return {};
  if (const Milliseconds wait = restarts_.wait(Steady::now()); wait > Milliseconds{0}) {
    return fail(
        Errc::plugin, "the plugin {} failed {} times in a row and will be started again in {}; last failure: {}",
        package_->name, restarts_.failures(), to_string(std::chrono::ceil<std::chrono::seconds>(wait)), last_failure_);
  }
  auto started = launcher_->start(*package_);
  if (!started) {
    restarts_.failed(Steady::now());
    last_failure_ = started.error().message;
    return started.error();
  }
  channel_ =
      std::make_unique<LineChannel>(std::move(started->input), std::move(started->output), std::move(started->error),
                                    interrupt_.get(), [this](std::string_view line) { log_line(line); });
  if (package_->isolation == source::Isolation::process && package_->limits.processes > 1) {
    channel_->watch([this] { return check_processes(); });
  }
  child_ = std::move(*started);
  if (auto shaken = shake_hands(now); !shaken) return break_off(shaken.error());
  return {};
}

Result<void> ExecSource::shake_hands(Time now) {
  const Deadline deadline = Steady::now() + kStartWithin;
  channel_->begin_answer(kMaxHandshake);
  const std::string hello = hello_line({settings_, package_->options, package_->limits.answer});
  if (auto sent = channel_->send(hello, deadline); !sent) return sent;
  const auto line = channel_->receive(deadline);
  if (!line) return line.error();
  const auto reply = read_reply(*line, now);
  if (!reply) return fail(Errc::plugin, "wrote {}", reply.error().message);
  if (reply->kind != Reply::Kind::ready) return fail(Errc::plugin, "did not reply to hello with ready");
  if (reply->ready.protocol != kProtocol) {
    return fail(Errc::plugin, "uses version {} of the protocol; this presswatch requires version {}",
                reply->ready.protocol, kProtocol);
  }
  ready_ = reply->ready;
  return {};
}

Result<ExecSource::Answer> ExecSource::collect(std::uint64_t id, Deadline deadline, Time now) {
  Answer out;
  while (true) {
    const auto line = channel_->receive(deadline);
    if (!line) return line.error();
    auto reply = read_reply(*line, now);
    if (!reply) return fail(Errc::plugin, "wrote {}", reply.error().message);
    if (reply->kind == Reply::Kind::ready || reply->id != id) {
      return fail(Errc::plugin, "replied to call {} instead of call {}", reply->id, id);
    }
    if (reply->kind == Reply::Kind::error) {
      out.refusal = std::move(reply->error);
      return out;
    }
    merge(out.emitted, std::move(reply->emitted));
    if (out.emitted.items.size() > kMaxItems) return fail(Errc::plugin, "emitted more than {} items", kMaxItems);
    if (reply->article) out.article = std::move(reply->article);
    if (reply->kind == Reply::Kind::result) return out;
  }
}

Result<ExecSource::Answer> ExecSource::call(const std::string& line, std::uint64_t id, Time now) {
  if (line.size() > kMaxLine) return fail(Errc::too_large, "the page is too large for the plugin {}", package_->name);
  const Deadline deadline = Steady::now() + package_->limits.call;
  channel_->begin_answer(package_->limits.answer);
  auto answer = [&]() -> Result<Answer> {
    if (auto sent = channel_->send(line, deadline); !sent) return sent.error();
    return collect(id, deadline, now);
  }();
  if (!answer) return break_off(answer.error());
  channel_->drain_log();
  restarts_.succeeded();
  renew_in_time();
  if (answer->refusal) return fail(Errc::parse, "{}", printable(*answer->refusal, 1000));
  return answer;
}

Result<source::Emitted> ExecSource::poll(const source::PollInput& input) {
  if (auto running = ensure_running(input.now); !running) return running.error();
  const std::uint64_t id = next_id_++;
  auto answer = call(poll_line(id, input, package_->limits.call), id, input.now);
  if (!answer) return answer.error();
  return std::move(answer->emitted);
}

Result<source::Emitted> ExecSource::parse(const source::ParseInput& input) {
  if (auto running = ensure_running(input.now); !running) return running.error();
  const std::uint64_t id = next_id_++;
  auto answer = call(parse_line(id, input, package_->limits.call), id, input.now);
  if (!answer) return answer.error();
  return std::move(answer->emitted);
}

Result<std::optional<Article>> ExecSource::extract(const source::PageInput& input) {
  if (auto running = ensure_running(input.now); !running) return running.error();
  if (!ready_.extracts) return std::optional<Article>{};
  const std::uint64_t id = next_id_++;
  auto answer = call(extract_line(id, input, package_->limits.call), id, input.now);
  if (!answer) return answer.error();
  return std::move(answer->article);
}

void ExecSource::stored(std::string_view cursor) {
  if (!child_ || channel_->disturbed()) return;  // a plugin that is not running learns it from its next poll
  if (auto sent = channel_->send(ack_line(cursor), Steady::now() + kAckWithin); !sent) {
    log::say("plugin-failed", {.source = settings_.id}, "{}: {}", settings_.id,
             printable(break_off(sent.error()).message));
  }
}

source::Plugin make_exec_plugin(const std::shared_ptr<const source::Package>& package,
                                const std::shared_ptr<Launcher>& launcher) {
  source::Plugin out;
  out.name = package->name;
  out.summary = package->summary;
  out.options = package->options;
  out.body = package->body;
  out.waits = true;
  out.package = package;
  out.make = [package, launcher](const config::SourceSettings& settings) -> std::unique_ptr<source::Source> {
    return std::make_unique<ExecSource>(package, settings, launcher);
  };
  return out;
}

}  // namespace pw::exec
