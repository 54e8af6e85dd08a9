/* A plugin with one fault, by what is defined. */
#include <plugin.h>

#ifndef BROKEN_MAJOR
#define BROKEN_MAJOR PW_ABI_MAJOR
#endif
#ifndef BROKEN_MINOR
#define BROKEN_MINOR PW_ABI_MINOR
#endif
#ifndef BROKEN_SIZE
#define BROKEN_SIZE sizeof(pw_plugin)
#endif
#ifdef BROKEN_PARSE
#define PARSE NULL
#else
#define PARSE parse
#endif

#ifdef BROKEN_UNRESOLVED
pw_status no_such_function(void);
#else
static pw_status no_such_function(void) { return PW_OK; }
#endif

static pw_status create(const pw_host *host, pw_call call, void **instance) {
  (void)host;
  (void)call;
  *instance = NULL;
  return no_such_function();
}

static void destroy(void *instance) { (void)instance; }

static pw_status poll(void *instance, pw_call call, const pw_poll *in) {
  (void)instance;
  (void)call;
  (void)in;
  return PW_OK;
}

#ifndef BROKEN_PARSE
static pw_status parse(void *instance, pw_call call, const pw_response *in) {
  (void)instance;
  (void)call;
  (void)in;
  return PW_OK;
}
#endif

static const pw_plugin plugin = {BROKEN_SIZE, BROKEN_MAJOR, BROKEN_MINOR, create, destroy, poll, PARSE, NULL, NULL};

#ifdef BROKEN_HIDDEN
const pw_plugin *another_name(void);
PW_EXPORT const pw_plugin *another_name(void) { return &plugin; }
#elif defined(BROKEN_NOTHING)
const pw_plugin *pw_plugin_get(void) { return sizeof plugin != 0 ? NULL : &plugin; }
#else
const pw_plugin *pw_plugin_get(void) { return &plugin; }
#endif
