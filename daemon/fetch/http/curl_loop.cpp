#include "fetch/http/curl_loop.hpp"

#include <boost/asio/post.hpp>

#include <stdexcept>
#include <utility>
#include <vector>

namespace pw::fetch {

namespace asio = boost::asio;

namespace {

constexpr long kIdleConnections = 128;

void start_curl_once() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw std::runtime_error(std::string("cannot initialise libcurl: ") + curl_easy_strerror(code));
}

}  // namespace

/// One of curl's sockets in Asio. `what` is CURL_POLL_REMOVE once curl is no longer interested in it.
struct CurlLoop::Watch {
  Watch(const asio::any_io_executor& executor, curl_socket_t fd) : descriptor(executor, fd) {}
  ~Watch() { let_go(); }
  void let_go() {
    what = CURL_POLL_REMOVE;
    if (descriptor.is_open()) descriptor.release();
  }

  asio::posix::stream_descriptor descriptor;
  int what = CURL_POLL_NONE;
  bool reading = false;  ///< a wait for reading is pending
  bool writing = false;
};

std::shared_ptr<CurlLoop> CurlLoop::make(asio::any_io_executor executor) {
  return std::shared_ptr<CurlLoop>(new CurlLoop(std::move(executor)));
}

CurlLoop::CurlLoop(asio::any_io_executor executor) : executor_(std::move(executor)), timer_(executor_) {
  start_curl_once();
  multi_ = curl_multi_init();
  if (multi_ == nullptr) throw std::runtime_error("cannot initialise libcurl: out of memory");
  curl_multi_setopt(multi_, CURLMOPT_SOCKETFUNCTION, &CurlLoop::on_socket);
  curl_multi_setopt(multi_, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_TIMERFUNCTION, &CurlLoop::on_timer);
  curl_multi_setopt(multi_, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kIdleConnections);
}

CurlLoop::~CurlLoop() {
  for (const auto& [easy, done] : done_) curl_multi_remove_handle(multi_, easy);
  done_.clear();
  // The cleanup still calls on_socket for each connection that it closes.
  curl_multi_cleanup(multi_);
}

void CurlLoop::add(CURL* easy, Done done) {
  done_.insert_or_assign(easy, std::move(done));
  const CURLMcode code = curl_multi_add_handle(multi_, easy);
  if (code == CURLM_OK) return;
  asio::post(executor_, [weak = weak_from_this(), easy] {
    if (const auto self = weak.lock()) self->finish(easy, CURLE_FAILED_INIT);
  });
}

void CurlLoop::remove(CURL* easy) {
  if (done_.erase(easy) != 0) curl_multi_remove_handle(multi_, easy);
}

void CurlLoop::abort_all() {
  for (const auto& [easy, done] : done_) {
    asio::post(executor_, [weak = weak_from_this(), easy = easy] {
      if (const auto self = weak.lock()) self->finish(easy, CURLE_ABORTED_BY_CALLBACK);
    });
  }
}

int CurlLoop::on_socket(CURL*, curl_socket_t fd, int what, void* self, void*) noexcept {
  try {
    static_cast<CurlLoop*>(self)->want(fd, what);
    return 0;
  } catch (...) {
    return -1;  // curl then fails the transfers, instead of waiting for a socket that is not watched
  }
}

int CurlLoop::on_timer(CURLM*, long timeout_ms, void* data) noexcept {
  try {
    auto& self = *static_cast<CurlLoop*>(data);
    if (timeout_ms < 0) {
      self.timer_.cancel();
      return 0;
    }
    self.timer_.expires_after(std::chrono::milliseconds(timeout_ms));
    self.timer_.async_wait([weak = self.weak_from_this()](const boost::system::error_code& error) {
      const auto loop = weak.lock();
      if (!error && loop) loop->act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
  } catch (...) {
    return -1;
  }
}

void CurlLoop::want(curl_socket_t fd, int what) {
  const auto it = watches_.find(fd);
  if (what == CURL_POLL_REMOVE) {
    if (it == watches_.end()) return;
    it->second->let_go();
    watches_.erase(it);
    return;
  }
  const std::shared_ptr<Watch> watch =
      it != watches_.end() ? it->second : watches_.emplace(fd, std::make_shared<Watch>(executor_, fd)).first->second;
  watch->what = what;
  arm(watch);
}

void CurlLoop::arm(const std::shared_ptr<Watch>& watch) {
  if ((watch->what & CURL_POLL_IN) != 0 && !watch->reading) wait(watch, true);
  if ((watch->what & CURL_POLL_OUT) != 0 && !watch->writing) wait(watch, false);
}

void CurlLoop::wait(const std::shared_ptr<Watch>& watch, bool reading) {
  (reading ? watch->reading : watch->writing) = true;
  const auto type = reading ? asio::posix::descriptor_base::wait_read : asio::posix::descriptor_base::wait_write;
  watch->descriptor.async_wait(type, [weak = weak_from_this(), watch, reading](const boost::system::error_code& error) {
    (reading ? watch->reading : watch->writing) = false;
    const auto self = weak.lock();
    if (!self || watch->what == CURL_POLL_REMOVE) return;
    const bool wanted = (watch->what & (reading ? CURL_POLL_IN : CURL_POLL_OUT)) != 0;
    if (!wanted) return;
    const int events = error ? CURL_CSELECT_ERR : (reading ? CURL_CSELECT_IN : CURL_CSELECT_OUT);
    self->act(watch->descriptor.native_handle(), events);
    if (watch->what != CURL_POLL_REMOVE) self->arm(watch);
  });
}

void CurlLoop::act(curl_socket_t fd, int events) {
  int running = 0;
  curl_multi_socket_action(multi_, fd, events, &running);
  collect();
}

void CurlLoop::collect() {
  std::vector<std::pair<CURL*, CURLcode>> ended;
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    // The message is invalidated when its handle is removed, so copy it first.
    if (message->msg == CURLMSG_DONE) ended.emplace_back(message->easy_handle, message->data.result);
  }
  for (const auto& [easy, code] : ended) finish(easy, code);
}

void CurlLoop::finish(CURL* easy, CURLcode code) {
  const auto it = done_.find(easy);
  if (it == done_.end()) return;
  const Done done = std::move(it->second);
  done_.erase(it);
  curl_multi_remove_handle(multi_, easy);
  done(code);
}

}  // namespace pw::fetch
