#include "source/kinds/exec/line_channel.hpp"

#include "core/text.hpp"
#include "source/kinds/exec/messages.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace pw::exec {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10U;
constexpr std::size_t kMaxLogLine = 4096;
constexpr std::chrono::milliseconds kCheckEvery{250};

void set_nonblocking(const UniqueFd& fd) { fcntl(fd.get(), F_SETFL, fcntl(fd.get(), F_GETFL) | O_NONBLOCK); }

int milliseconds_until(Deadline deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

}  // namespace

LineChannel::LineChannel(UniqueFd input, UniqueFd output, UniqueFd error, int interrupt,
                         std::function<void(std::string_view)> on_log)
    : input_(std::move(input)),
      output_(std::move(output)),
      error_(std::move(error)),
      interrupt_(interrupt),
      on_log_(std::move(on_log)) {
  for (const UniqueFd* fd : {&input_, &output_, &error_}) set_nonblocking(*fd);
}

void LineChannel::begin_answer(std::size_t max_bytes) { allowed_ = max_bytes; }

bool LineChannel::has_line() {
  const std::size_t found = received_.find('\n', std::max(begin_, searched_));
  searched_ = found == std::string::npos ? received_.size() : found;
  return found != std::string::npos;
}

Result<void> LineChannel::send(std::string_view line, Deadline deadline) {
  unsent_ = line;
  while (!unsent_.empty()) {
    if (auto pumped = pump(deadline); !pumped) return pumped;
    if (closed_) return fail(Errc::io, "closed its output");
  }
  return {};
}

Result<std::string> LineChannel::receive(Deadline deadline) {
  while (!has_line()) {
    if (received_.size() - begin_ > kMaxLine) return fail(Errc::too_large, "a line of more than {} bytes", kMaxLine);
    if (closed_) return fail(Errc::io, "closed its output");
    if (auto pumped = pump(deadline); !pumped) return pumped.error();
  }
  std::string line = take_line();
  if (line.size() > kMaxLine) return fail(Errc::too_large, "a line of more than {} bytes", kMaxLine);
  return line;
}

/// Returns the line up to searched_. A long line is moved rather than copied, and its memory is not retained.
std::string LineChannel::take_line() {
  std::string line;
  if (searched_ + 1 == received_.size()) {
    line = std::exchange(received_, {});
    line.pop_back();
    line.erase(0, begin_);
    begin_ = 0;
  } else {
    line = received_.substr(begin_, searched_ - begin_);
    begin_ = searched_ + 1;
  }
  searched_ = begin_;
  return line;
}

/// Waits once, for whichever event comes first.
Result<void> LineChannel::pump(Deadline deadline) {
  std::array<pollfd, 4> fds{{{!closed_ ? output_.get() : -1, POLLIN, 0},
                             {error_.get(), POLLIN, 0},
                             {unsent_.empty() ? -1 : input_.get(), POLLOUT, 0},
                             {interrupt_, POLLIN, 0}}};
  const Deadline wake = check_ ? std::min(deadline, std::chrono::steady_clock::now() + kCheckEvery) : deadline;
  const int ready = ::poll(fds.data(), fds.size(), milliseconds_until(wake));
  if (ready < 0 && errno == EINTR) return {};
  if (ready < 0) return fail(Errc::io, "cannot be polled");
  if (check_is_due()) {
    if (auto checked = check_(); !checked) return checked;
  }
  if (ready == 0 && wake == deadline) return fail(Errc::timeout, "did not respond in time");
  if (fds[3].revents != 0) return fail(Errc::cancelled, "was interrupted");
  if (fds[1].revents != 0) read_log();
  if (fds[0].revents != 0) {
    if (auto read = read_output(); !read) return read;
  }
  if (fds[2].revents != 0) {
    const ssize_t sent = ::send(input_.get(), unsent_.data(), unsent_.size(), MSG_NOSIGNAL);
    if (sent > 0) unsent_.remove_prefix(static_cast<std::size_t>(sent));
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return fail(Errc::io, "closed its input");
  }
  if (std::chrono::steady_clock::now() >= deadline) return fail(Errc::timeout, "did not respond in time");
  return {};
}

bool LineChannel::check_is_due() {
  const Deadline now = std::chrono::steady_clock::now();
  if (!check_ || now - checked_ < kCheckEvery) return false;
  checked_ = now;
  return true;
}

Result<void> LineChannel::read_output() {
  const std::size_t before = received_.size();
  // Allocate memory for a long response in one step, directly from the system; unused pages cost nothing. Growing step
  // by step would leave smaller blocks behind in the thread's heap.
  if (before > 4 * kChunk && received_.capacity() < 8 * kChunk) received_.reserve(before + allowed_ + kChunk);
  received_.resize(before + kChunk);
  const ssize_t got = ::read(output_.get(), received_.data() + before, kChunk);
  received_.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got == 0) closed_ = true;
  if (got <= 0) return {};
  if (static_cast<std::size_t>(got) > allowed_) return fail(Errc::too_large, "wrote more than its limit");
  allowed_ -= static_cast<std::size_t>(got);
  return {};
}

void LineChannel::read_log() {
  std::array<char, 4096> chunk{};
  const ssize_t got = ::read(error_.get(), chunk.data(), chunk.size());
  if (got == 0) error_.reset();
  if (got <= 0) return;
  for (const char c : std::string_view(chunk.data(), static_cast<std::size_t>(got))) {
    if (c != '\n') {
      if (log_.size() < kMaxLogLine) log_ += c;
    } else {
      if (!trim(log_).empty()) on_log_(log_);
      log_.clear();
    }
  }
}

void LineChannel::drain_log() {
  constexpr int kMost = 64;  // chunks; do not wait for a child that never stops writing
  for (int i = 0; i < kMost && error_; ++i) {
    pollfd one{error_.get(), POLLIN, 0};
    if (::poll(&one, 1, 0) <= 0) break;
    read_log();
  }
  if (!trim(log_).empty() && !error_) on_log_(std::exchange(log_, {}));
}

bool LineChannel::disturbed() {
  if (closed_ || begin_ < received_.size()) return true;
  pollfd one{output_.get(), POLLIN, 0};
  return ::poll(&one, 1, 0) != 0;
}

}  // namespace pw::exec
