#include "cli/control_client.hpp"

#include "cli/commands.hpp"
#include "cli/control_exchange.hpp"
#include "cli/report.hpp"
#include "cli/table.hpp"
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
  Table table({{"SOURCE", Column::left, 0},
               {"PLUGIN", Column::left, 6},
               {"STATE", Column::left, 0},
               {"SINCE", Column::left, 4},
               {"POLLS", Column::right, 5},
               {"FAILED", Column::right, 2},
               {"ITEMS", Column::right, 3},
               {"ALERTS", Column::right, 1},
               {"NEXT", Column::left, 3},
               {"REASON", Column::rest, 0}});
  for (const json::value& one : answer.at("sources").as_array()) {
    const json::object& row = one.as_object();
    const auto word = [&](std::string_view key) { return std::string(text(row, key)); };
    const auto count = [&](std::string_view key) { return json::serialize(row.at(key)); };
    table.add({word("id"), word("plugin"), word("state"), short_time(word("since")), count("polls"), count("failed"),
               count("items"), count("alerts"), short_time(word("next_due")), word("reason")});
  }
  std::cout << table.text(terminal_width());
}

void print_fields(const json::object& answer, const std::string& indent) {
  for (const auto& [key, value] : answer) {
    if (value.is_object()) {
      std::cout << indent << std::string_view(key) << ":\n";
      print_fields(value.get_object(), indent + "  ");
    } else {
      std::cout << fmt::format("{}{:<18} {}\n", indent, std::string_view(key),
                               value.is_string() ? std::string(value.get_string()) : json::serialize(value));
    }
  }
}

}  // namespace

int report_error(const json::object& answer) {
  report(text(answer, "error"));
  const json::value* invalid = answer.if_contains("invalid");
  return invalid != nullptr && invalid->is_bool() && invalid->get_bool() ? kExitConfig : kExitFailed;
}

json::object ask_daemon(const std::string& command, const std::filesystem::path& path) {
  return ask_daemon(json::object{{"cmd", command}}, path);
}

json::object ask_daemon(const json::object& request, const std::filesystem::path& path) {
  const std::string line = json::serialize(request) + '\n';
  return json::parse(exchange_line(path, line, patience_for(command_of(request)))).as_object();
}

bool is_late(const boost::system::system_error& error) { return error.code() == boost::asio::error::timed_out; }

int run_control(const json::object& request, const std::filesystem::path& socket, bool as_json) {
  const std::string_view command = command_of(request);
  try {
    const json::object answer = ask_daemon(request, socket);
    if (answer.contains("error")) return report_error(answer);
    if (as_json) {
      std::cout << json::serialize(answer) << '\n';
    } else if (command == "sources") {
      print_sources(answer);
    } else {
      print_fields(answer, "");
    }
    return kExitOk;
  } catch (const boost::system::system_error& error) {
    if (is_late(error)) {
      std::cerr << fmt::format(
          "presswatch: the daemon that listens on {} did not answer within {}. It may be suspended (kill -CONT "
          "its process), or too busy; its log says more. If it stays like this, restart it\n",
          socket.string(), to_string(patience_for(command)));
      return kExitFailed;
    }
    std::cerr << fmt::format(
        "presswatch: no daemon answers on {} ({}). Is presswatchd running with this daemon.control, and may you open "
        "the socket?\n",
        socket.string(), error.code().message());
    return kExitFailed;
  }
}

}  // namespace pw::cli
