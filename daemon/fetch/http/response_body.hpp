#pragma once
/// The body of one response, limited in size, and decoded once it has been received.

#include "core/result.hpp"
#include "fetch/encoding/content_decoder.hpp"
#include "fetch/http/exchange.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pw::fetch {

/// Receives the body piece by piece on the loop; decode() may run on another thread while the loop leaves the body
/// alone. `what` and `settings` must outlive it.
class ResponseBody {
 public:
  ResponseBody(const Exchange& what, const FetchSettings& settings) : what_(what), settings_(settings) {}
  ResponseBody(const ResponseBody&) = delete;
  ResponseBody& operator=(const ResponseBody&) = delete;

  /// Takes the next bytes as received, from a response with these headers. Returns false when no more are needed,
  /// because of error() or because the body was truncated at its limit.
  bool write(std::string_view received, int status, const Headers& headers);
  /// The received bytes that decode() will read; 0 if the body was not compressed.
  [[nodiscard]] std::size_t undecoded() const noexcept { return packed_.size(); }
  /// Undoes the content encoding. Call it once, when the transfer has ended without an error of its own.
  void decode(int status);

  [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
  [[nodiscard]] bool is_cut() const noexcept { return cut_; }
  /// Moves the decoded bytes into `response` and sets FetchResponse::truncated and ::note.
  void move_into(FetchResponse& response);

 private:
  void begin(const Headers& headers);
  bool decode_at_once(std::string_view packed);
  bool append(std::string_view decoded);
  bool stop_at_limit();
  bool judge(int status);
  [[nodiscard]] std::string limit() const;

  const Exchange& what_;
  const FetchSettings& settings_;
  std::optional<ContentDecoder> decoder_;
  std::string packed_;  ///< as received, until decode()
  std::string bytes_;   ///< decoded
  std::size_t received_ = 0;
  std::optional<Error> error_;
  std::string note_;
  bool cut_ = false;
  bool ignored_ = false;  ///< not decodable, but the status is sufficient
};

}  // namespace pw::fetch
