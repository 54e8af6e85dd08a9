#pragma once
/// The body of one response, decoded and limited in size.

#include "core/result.hpp"
#include "fetch/encoding/content_decoder.hpp"
#include "fetch/http/exchange.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pw::fetch {

/// Receives the body piece by piece. Loop thread only; `what` and `settings` must outlive it.
class ResponseBody {
 public:
  ResponseBody(const Exchange& what, const FetchSettings& settings) : what_(what), settings_(settings) {}
  ResponseBody(const ResponseBody&) = delete;
  ResponseBody& operator=(const ResponseBody&) = delete;

  /// Takes the next bytes as received, from a response with these headers. Returns false when no more are needed,
  /// because of error() or because the body was truncated at its limit.
  bool write(std::string_view received, int status, const Headers& headers);
  /// Call this when the server has sent everything, but not for a truncated body.
  void finish(int status);

  [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
  [[nodiscard]] bool is_cut() const noexcept { return cut_; }
  /// Moves the decoded bytes into `response` and sets FetchResponse::truncated and ::note.
  void move_into(FetchResponse& response);

 private:
  bool append(std::string_view decoded);
  bool stop_at_limit();
  bool judge(int status);
  [[nodiscard]] std::string limit() const;

  const Exchange& what_;
  const FetchSettings& settings_;
  std::optional<ContentDecoder> decoder_;
  std::string bytes_;
  std::size_t received_ = 0;
  std::optional<Error> error_;
  std::string note_;
  bool cut_ = false;
  bool ignored_ = false;  ///< not decodable, but the status is sufficient
};

}  // namespace pw::fetch
