// Throws an exception across the ABI boundary at the place given by the option "where".
#include <plugin.h>

#include <stdexcept>
#include <string>

namespace {

const pw_host* host;
std::string where;

void maybe(const char* here) {
  if (where == here) throw std::runtime_error("out of cheese");
}

pw_status create(const pw_host* given, pw_call call, void** /*instance*/) {
  host = given;
  pw_str value{};
  host->option(call, pw_text("where"), 0, &value);
  where.assign(value.data, value.size);
  maybe("create");
  if (where == "number") throw 7;
  return PW_OK;
}
void destroy(void* /*instance*/) { maybe("destroy"); }
pw_status poll(void* /*instance*/, pw_call /*call*/, const pw_poll* /*in*/) {
  maybe("poll");
  return PW_OK;
}
pw_status parse(void* /*instance*/, pw_call /*call*/, const pw_response* /*in*/) {
  maybe("parse");
  return PW_OK;
}
pw_status extract(void* /*instance*/, pw_call /*call*/, const pw_page* /*in*/) {
  maybe("extract");
  return PW_OK;
}
void stored(void* /*instance*/, pw_call /*call*/, pw_str /*cursor*/) { maybe("stored"); }

}  // namespace

const pw_plugin* pw_plugin_get() {
  static const pw_plugin plugin{sizeof(pw_plugin), 1, 0, create, destroy, poll, parse, extract, stored};
  return &plugin;
}
