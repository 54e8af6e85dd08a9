/* The C ABI of presswatch source plugins, version 1.0. PLUGIN_ABI.md in this folder is the specification.
 *
 * A plugin is a shared object that exports one function, pw_plugin_get(). It does no I/O of its own: poll requests
 * URLs, parse processes the responses, and both pass their results to the host through `pw_host`.
 *
 * For C11 and C++20. Compatibility: structs that begin with `size` may gain members at the end; all other structs stay
 * unchanged as long as PW_ABI_MAJOR does. */
#ifndef PRESSWATCH_PLUGIN_H
#define PRESSWATCH_PLUGIN_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PW_ABI_MAJOR 1
#define PW_ABI_MINOR 0

#define PW_EXPORT __attribute__((visibility("default")))

/* Borrowed UTF-8 text. Not necessarily zero-terminated; `data` may be NULL if `size` is 0. `size` is in bytes. */
typedef struct pw_str {
  const char *data;
  size_t size;
} pw_str;

/* The result of a function. A function of a plugin may return any value other than PW_OK to report failure. */
typedef int32_t pw_status;
enum {
  PW_OK = 0,
  PW_NOT_FOUND = 1, /* no such attribute, option or value; not an error */
  PW_FAILED = 2,    /* returned by pw_host.fail, so that `return host->fail(call, why);` works */
  PW_E_CALL = -1,   /* `call` is not the current call of this thread, or the function is not allowed in it */
  PW_E_ARGUMENT = -2, /* NULL, an invalid size, text that is not UTF-8, a URL that is not http or https */
  PW_E_HANDLE = -3,   /* an invalid node or value, or one of another call */
  PW_E_SYNTAX = -4,   /* a malformed selector, pointer or document */
  PW_E_LIMIT = -5     /* a limit of the call is exceeded */
};

/* Handles. They are numbers, not pointers: invalid ones are detected, never dereferenced. Zero is the null handle. */
typedef struct pw_call { uint64_t id; } pw_call;   /* one call by the host; valid until it returns */
typedef struct pw_node { uint64_t id; } pw_node;   /* an element of an HTML document; valid until the call ends */
typedef struct pw_value { uint64_t id; } pw_value; /* a value in a JSON document; valid until the call ends */

typedef struct pw_nodes {
  const pw_node *data;
  size_t size;
} pw_nodes;

typedef struct pw_values {
  const pw_value *data;
  size_t size;
} pw_values;

typedef struct pw_header {
  pw_str name;
  pw_str value;
} pw_header;

/* Something to fetch. Initialise it with pw_request_init(). */
typedef struct pw_request {
  uint32_t size;
  uint32_t reserved;
  pw_str url; /* http or https */
  pw_str tag; /* returned with the response */
  const pw_header *headers;
  size_t header_count;
} pw_request;

enum {
  PW_COMPLETE = 1, /* for items: `text` is the whole article; no page is fetched */
  PW_PARTIAL = 2   /* `text` is a teaser or the free part of a paywalled article */
};

/* A news item or article, for emit_item and set_article. Initialise it with pw_article_init(). */
typedef struct pw_article {
  uint32_t size;
  uint32_t flags;   /* PW_COMPLETE, PW_PARTIAL */
  pw_str id;        /* for items: stable and unique; empty: derived from the url, or else from title and text */
  pw_str url;       /* http or https, absolute */
  pw_str title;     /* plain text */
  pw_str text;      /* plain text, one paragraph per line */
  pw_str published; /* a date in any common format, or Unix seconds as digits */
  pw_str modified;
  pw_str language; /* "en" */
  pw_str site;
  pw_str section;
  pw_str image; /* http or https, absolute */
  const pw_str *authors;
  size_t author_count;
} pw_article;

typedef struct pw_articles {
  const pw_article *const *data;
  size_t size;
} pw_articles;

/* The input of poll. */
typedef struct pw_poll {
  uint32_t size;
  uint32_t reserved;
  pw_str cursor;  /* the position saved last; empty at first */
  int64_t now_ms; /* Unix time in milliseconds */
} pw_poll;

/* The input of parse: the response to a request, always with status 200. */
typedef struct pw_response {
  uint32_t size;
  uint32_t reserved;
  pw_str body; /* UTF-8, decoded as specified by `body` in the manifest */
  pw_str url;  /* after redirects */
  pw_str content_type;
  pw_str tag;
  pw_str cursor;
  int64_t now_ms;
} pw_response;

/* The input of extract: the page of an item. */
typedef struct pw_page {
  uint32_t size;
  uint32_t reserved;
  pw_str html; /* UTF-8 */
  pw_str url;
  int64_t now_ms;
} pw_page;

/* Log levels, as in sd-daemon(3). */
enum { PW_LOG_ERROR = 3, PW_LOG_WARNING = 4, PW_LOG_INFO = 6, PW_LOG_DEBUG = 7 };

enum {
  PW_JSON_NULL = 0,
  PW_JSON_FLAG = 1,
  PW_JSON_NUMBER = 2,
  PW_JSON_TEXT = 3,
  PW_JSON_LIST = 4,
  PW_JSON_OBJECT = 5
};

/* The functions of the host. Pass them the call that the plugin's function was given, and use them only on the thread
 * of that call. Input is copied before the function returns; output is valid until the call ends, texts of options as
 * long as the instance. With any status other than PW_OK, output is empty. */
typedef struct pw_host {
  uint32_t size;
  uint16_t abi_major;
  uint16_t abi_minor;
  pw_str version; /* version of presswatch */

  /* The options of the source, as declared in the manifest: numbers as digits, flags as "true" and "false", lists as
   * several values, indexed by `number` from 0. PW_NOT_FOUND if the option is not set or has no value at this index. */
  pw_status (*option)(pw_call call, pw_str name, size_t number, pw_str *out);
  pw_status (*option_count)(pw_call call, pw_str name, size_t *out);

  /* In poll and parse. */
  pw_status (*emit_request)(pw_call call, const pw_request *request);
  pw_status (*emit_item)(pw_call call, const pw_article *item);
  pw_status (*set_cursor)(pw_call call, pw_str cursor);
  pw_status (*set_pace)(pw_call call, uint32_t at_least_seconds);
  /* In extract. */
  pw_status (*set_article)(pw_call call, const pw_article *article);
  /* In every call. */
  pw_status (*warn)(pw_call call, pw_str text); /* in poll and parse: shown in the source's status; otherwise logged */
  pw_status (*fail)(pw_call call, pw_str why);  /* sets the reason for a failure; returns PW_FAILED */
  pw_status (*log)(pw_call call, int32_t level, pw_str text);
  /* The error message of the last function in this call that returned a PW_E_ status. */
  pw_status (*last_error)(pw_call call, pw_str *out);

  /* Parses HTML. `root` represents the whole document. */
  pw_status (*html)(pw_call call, pw_str markup, pw_node *root);
  /* The descendants of `from` that match a CSS selector, in document order. */
  pw_status (*select)(pw_call call, pw_node from, pw_str selector, pw_nodes *out);
  pw_status (*children)(pw_call call, pw_node node, pw_nodes *out); /* elements only */
  pw_status (*parent)(pw_call call, pw_node node, pw_node *out);
  pw_status (*name)(pw_call call, pw_node node, pw_str *out); /* lower case */
  pw_status (*attribute)(pw_call call, pw_node node, pw_str name, pw_str *out);
  pw_status (*text)(pw_call call, pw_node node, pw_str *out); /* visible text, one paragraph per line */

  /* Parses JSON. */
  pw_status (*json)(pw_call call, pw_str document, pw_value *root);
  /* The values at a pointer (RFC 6901, where "*" matches every member), relative to `from`. */
  pw_status (*json_select)(pw_call call, pw_value from, pw_str pointer, pw_values *out);
  /* The string, number or boolean at `field`, as text. `field` is a pointer, "" for the value itself, or alternatives
   * separated by " | ", the first of which that has a value is used. */
  pw_status (*json_text)(pw_call call, pw_value from, pw_str field, pw_str *out);
  pw_status (*json_type)(pw_call call, pw_value value, int32_t *out);

  /* The entries of a feed (RSS, RDF, Atom, JSON Feed), as items that can be emitted unchanged. */
  pw_status (*feed)(pw_call call, pw_str document, pw_str url, pw_articles *out);

  /* Resolves a link on the page `base` to an absolute URL. */
  pw_status (*resolve)(pw_call call, pw_str reference, pw_str base, pw_str *out);
  /* Parses a text that consists of a date, to Unix milliseconds. */
  pw_status (*date)(pw_call call, pw_str text, int64_t *out);
  /* Converts markup to plain text. */
  pw_status (*plain_text)(pw_call call, pw_str markup, pw_str *out);
} pw_host;

/* The functions of the plugin. The first three members are the same in all versions. `abi_minor` is the minimum that
 * the plugin requires. The host never makes concurrent calls for one instance. */
typedef struct pw_plugin {
  uint32_t size;
  uint16_t abi_major;
  uint16_t abi_minor;

  /* Creates the instance for one source. `host` outlives the instance. Use fail() to report invalid options. */
  pw_status (*create)(const pw_host *host, pw_call call, void **instance);
  void (*destroy)(void *instance);
  pw_status (*poll)(void *instance, pw_call call, const pw_poll *poll);
  pw_status (*parse)(void *instance, pw_call call, const pw_response *response);
  /* May be NULL. Without it, or if it returns PW_OK without calling set_article(), the general extractor is used. */
  pw_status (*extract)(void *instance, pw_call call, const pw_page *page);
  /* May be NULL. Called when everything emitted up to this cursor has been stored. */
  void (*stored)(void *instance, pw_call call, pw_str cursor);
} pw_plugin;

/* The only function that a plugin exports. */
PW_EXPORT const pw_plugin *pw_plugin_get(void);

static inline pw_str pw_text(const char *zero_terminated) {
  pw_str out;
  out.data = zero_terminated;
  out.size = zero_terminated == NULL ? 0 : strlen(zero_terminated);
  return out;
}

static inline int pw_equal(pw_str a, pw_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline pw_request pw_request_init(void) {
  pw_request out;
  memset(&out, 0, sizeof out);
  out.size = sizeof out;
  return out;
}

static inline pw_article pw_article_init(void) {
  pw_article out;
  memset(&out, 0, sizeof out);
  out.size = sizeof out;
  return out;
}

#ifdef __cplusplus
}
#endif

#endif
