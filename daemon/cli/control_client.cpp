#include "cli/control_client.hpp"

#include "cli/commands.hpp"
#include "cli/control_exchange.hpp"
#include "cli/report.hpp"
#include "core/json/json_member.hpp"

#include <boost/asio/error.hpp>
#include <boost/json.hpp>
#include <boost/system/system_error.hpp>
#include <spdlog/fmt/fmt.h>

#include <iostream>
#include <string>
#include <string_view>

namespace pw::cli {
namespace {

namespace json = boost::json;

constexpr Milliseconds kAnswerWithin{10'000};
constexpr Milliseconds kReloadWithin{120'000};  // many watchlists take a while to compile

std::string_view command_of(const json::object& request) { return text_member(request, "cmd"); }

Milliseconds patience_for(std::string_view command) { return command == "reload" ? kReloadWithin : kAnswerWithin; }

std::string_view text(const json::object& row, std::string_view key) { return text_member(row, key, "-"); }

void print_sources(const json::object& answer) {
  std::cout << fmt::format("{:<24} {:<9} {:<11} {:<20}  {:>6} {:>6} {:>6} {:>7}  {:<20}  {}\n", "SOURCE", "PLUGIN",
                           "STATE", "SINCE", "POLLS", "FAILED", "ITEMS", "ALERTS", "NEXT", "REASON");
  for (const json::value& one : answer.at("sources").as_array()) {
    const json::object& row = one.as_object();
    const auto count = [&](std::string_view key) { return json::value_to<std::uint64_t>(row.at(key)); };
    std::cout << fmt::format("{:<24} {:<9} {:<11} {:<20}  {:>6} {:>6} {:>6} {:>7}  {:<20}  {}\n", text(row, "id"),
                             text(row, "plugin"), text(row, "state"), text(row, "since").substr(0, 19), count("polls"),
                             count("failed"), count("items"), count("alerts"), text(row, "next_due").substr(0, 19),
                             text(row, "reason"));
  }
}

void print_fields(const json::object& answer) {
  for (const auto& [key, value] : answer) {
    std::cout << fmt::format("{:<18} {}\n", std::string_view(key),
                             value.is_string() ? std::string(value.get_string()) : json::serialize(value));
  }
}

}  // namespace

json::object ask_daemon(const std::string& command, const std::filesystem::path& path) {
  return ask_daemon(json::object{{"cmd", command}}, path);
}

json::object ask_daemon(const json::object& request, const std::filesystem::path& path) {
  const std::string line = json::serialize(request) + '\n';
  return json::parse(exchange_line(path, line, patience_for(command_of(request)))).as_object();
}

bool is_late(const boost::system::system_error& error) { return error.code() == boost::asio::error::timed_out; }

std::optional<json::object> ask_or_report(const json::object& request, const std::filesystem::path& socket) {
  try {
    json::object answer = ask_daemon(request, socket);
    if (!answer.contains("error")) return answer;
    report(text(answer, "error"));
  } catch (const boost::system::system_error& error) {
    if (is_late(error)) {
      std::cerr << fmt::format(
          "presswatch: the daemon that listens on {} did not answer within {}. It may be suspended (kill -CONT "
          "its process), or too busy; its log says more. If it stays like this, restart it\n",
          socket.string(), to_string(patience_for(command_of(request))));
    } else {
      std::cerr << fmt::format(
          "presswatch: no daemon answers on {} ({}). Is presswatchd running with this daemon.control, and may you open "
          "the socket?\n",
          socket.string(), error.code().message());
    }
  }
  return std::nullopt;
}

int run_control(const json::object& request, const std::filesystem::path& socket, bool as_json) {
  const auto answer = ask_or_report(request, socket);
  if (!answer) return kExitFailed;
  if (as_json) {
    std::cout << json::serialize(*answer) << '\n';
  } else if (command_of(request) == "sources") {
    print_sources(*answer);
  } else {
    print_fields(*answer);
  }
  return kExitOk;
}

}  // namespace pw::cli
