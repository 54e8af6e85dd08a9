/* A plugin whose first call follows a null pointer. */
#include <plugin.h>

static pw_status create(const pw_host *host, pw_call call, void **instance) {
  (void)call;
  *instance = (void *)host;
  return PW_OK;
}

static void destroy(void *instance) { (void)instance; }

static pw_status poll(void *instance, pw_call call, const pw_poll *input) {
  volatile const int *nowhere = 0;
  (void)instance;
  (void)call;
  (void)input;
  return *nowhere;
}

static pw_status parse(void *instance, pw_call call, const pw_response *response) {
  (void)instance;
  (void)call;
  (void)response;
  return PW_OK;
}

const pw_plugin *pw_plugin_get(void) {
  static const pw_plugin plugin = {sizeof plugin, PW_ABI_MAJOR, PW_ABI_MINOR, create, destroy, poll, parse, 0, 0};
  return &plugin;
}
