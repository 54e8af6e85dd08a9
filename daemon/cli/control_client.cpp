#include "cli/control_client.hpp"

#include "cli/commands.hpp"
#include "cli/report.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/streambuf.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <spdlog/fmt/fmt.h>

#include <iostream>
#include <istream>
#include <string>
#include <string_view>

namespace pw::cli {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using Protocol = asio::local::stream_protocol;

std::string_view text(const json::object& row, std::string_view key) {
  const json::value* value = row.if_contains(key);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : "-";
}

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

json::object ask_daemon(const std::string& command, const std::filesystem::path& path) {
  asio::io_context loop;
  Protocol::socket socket(loop);
  socket.connect(Protocol::endpoint(path.string()));
  asio::write(socket, asio::buffer(json::serialize(json::object{{"cmd", command}}) + '\n'));
  asio::streambuf buffer;
  asio::read_until(socket, buffer, '\n');
  std::string line;
  std::istream in(&buffer);
  std::getline(in, line);
  return json::parse(line).as_object();
}

int run_control(const std::string& command, const std::filesystem::path& socket, bool as_json) {
  try {
    const json::object answer = ask_daemon(command, socket);
    if (answer.contains("error")) return report(text(answer, "error"));
    if (as_json) {
      std::cout << json::serialize(answer) << '\n';
    } else if (command == "sources") {
      print_sources(answer);
    } else {
      print_fields(answer, "");
    }
    return kExitOk;
  } catch (const boost::system::system_error& error) {
    std::cerr << fmt::format(
        "presswatch: no daemon answers on {} ({}). Is presswatchd running, with this daemon.control, and may you open "
        "the socket?\n",
        socket.string(), error.code().message());
    return kExitFailed;
  }
}

}  // namespace pw::cli
