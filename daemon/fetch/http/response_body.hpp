#pragma once
/// The body of one response: decoded, and no longer than it may be.

#include "core/result.hpp"
#include "fetch/encoding/content_decoder.hpp"
#include "fetch/http/exchange.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pw::fetch {

/// Takes the body piece by piece. Loop thread only; `what` and `settings` outlive it.
class ResponseBody {
 public:
  ResponseBody(const Exchange& what, const FetchSettings& settings) : what_(what), settings_(settings) {}
  ResponseBody(const ResponseBody&) = delete;
  ResponseBody& operator=(const ResponseBody&) = delete;

  /// The next bytes as received, of a response with these headers. False: no more is wanted, because of error() or
  /// because the body is cut at its limit.
  bool write(std::string_view received, int status, const Headers& headers);
  /// The server has sent everything. Not called for a body that is cut.
  void finish(int status);

  [[nodiscard]] const std::optional<Error>& error() const noexcept { return error_; }
  [[nodiscard]] bool is_cut() const noexcept { return cut_; }
  /// Hands the decoded bytes over, with FetchResponse::truncated and ::note.
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
  bool ignored_ = false;  ///< it cannot be decoded, and the status says enough
};

}  // namespace pw::fetch
