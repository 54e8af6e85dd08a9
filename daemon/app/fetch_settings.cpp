#include "app/fetch_settings.hpp"

namespace pw::app {

fetch::FetchSettings to_fetch(const config::FetchSettings& in) {
  fetch::FetchSettings out;
  const std::string contact = in.contact.empty() ? "" : " (+" + in.contact + ")";
  out.user_agent = in.user_agent.empty() ? "presswatch/" PW_VERSION + contact : in.user_agent;
  out.allow_addresses = in.allow_addresses;
  out.max_body = in.max_body;
  out.connect_timeout = in.connect_timeout;
  out.total_timeout = in.timeout;
  out.min_gap = in.min_gap;
  out.max_per_host = in.max_per_host;
  out.max_total = in.max_total;
  out.robots = in.robots;
  out.proxy = in.proxy;
  return out;
}

}  // namespace pw::app
