#pragma once
/// The clients of a listening socket, with a bound on their number.

#include <boost/asio/any_io_executor.hpp>
#include <boost/beast/core/basic_stream.hpp>

#include <algorithm>
#include <cstddef>
#include <list>
#include <memory>
#include <utility>

namespace pw::ops {

/// One connection of a Clients.
template <class Protocol>
struct Client {
  explicit Client(typename Protocol::socket socket) : stream(std::move(socket)) {}
  boost::beast::basic_stream<Protocol, boost::asio::any_io_executor> stream;
  bool waits = false;  ///< for the reply to its request
};

/// Those at the front are the first to be disconnected. Loop thread only.
template <class Protocol>
class Clients {
 public:
  using Handle = std::shared_ptr<Client<Protocol>>;

  /// Removes a client when its coroutine ends. Borrows both.
  class Stay {
   public:
    Stay(Clients& clients, const Handle& client) : clients_(clients), client_(client) {}
    ~Stay() { clients_.all_.remove(client_); }
    Stay(const Stay&) = delete;
    Stay& operator=(const Stay&) = delete;

   private:
    Clients& clients_;
    const Handle& client_;
  };

  /// Adds a client at the end. Disconnects others so that there are at most `most`, and those that wait for a reply
  /// only if all do.
  Handle admit(typename Protocol::socket socket, std::size_t most) {
    while (all_.size() >= most) {
      const auto idle = std::ranges::find(all_, false, &Client<Protocol>::waits);
      const auto leaving = idle != all_.end() ? idle : all_.begin();
      (*leaving)->stream.close();
      all_.erase(leaving);
    }
    return all_.emplace_back(std::make_shared<Client<Protocol>>(std::move(socket)));
  }
  /// Moves a client to the end. False if it was disconnected.
  bool touch(const Handle& client) {
    const auto place = std::ranges::find(all_, client);
    if (place == all_.end()) return false;
    all_.splice(all_.end(), all_, place);
    return true;
  }
  void close_all() {
    for (const Handle& client : all_) client->stream.close();
  }
  [[nodiscard]] std::size_t size() const noexcept { return all_.size(); }

 private:
  std::list<Handle> all_;
};

}  // namespace pw::ops
