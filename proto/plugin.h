/* The C ABI of a presswatch source plugin, version 1.0. PLUGIN_ABI.md beside this file is the normative text.
 *
 * A plugin is a shared object that exports one function, pw_plugin_get(). It does no input or output of its own: poll
 * says what to fetch, parse reads what came back, and both hand what they found to the host through `pw_host`.
 *
 * C11 and C++20. Rules of growth: a struct that begins with `size` only ever gets members at its end; all others stay as
 * they are for as long as PW_ABI_MAJOR is the same. */
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

/* Text in UTF-8 that somebody else owns. It need not end with a zero byte; `data` may be NULL when `size` is 0. */
typedef struct pw_str {
  const char *data;
  size_t size;
} pw_str;

/* What a function says of how it went. A plugin's function may return any value but PW_OK to say that it failed. */
typedef int32_t pw_status;
enum {
  PW_OK = 0,
  PW_NOT_FOUND = 1, /* there is no such attribute, option, value: not a mistake */
  PW_FAILED = 2,    /* what pw_host.fail returns, for `return host->fail(call, why);` */
  PW_E_CALL = -1,   /* `call` is not the call that this thread is in, or the function does not belong to this call */
  PW_E_ARGUMENT = -2, /* a NULL, a size that cannot be, text that is not UTF-8, an address that is not http or https */
  PW_E_HANDLE = -3,   /* a node or value that is none, or that belongs to another call */
  PW_E_SYNTAX = -4,   /* a selector, pointer or document that cannot be read */
  PW_E_LIMIT = -5     /* more than a call may have */
};

/* Handles. They are numbers, not pointers: one that is wrong is refused, never followed. All zero is none. */
typedef struct pw_call { uint64_t id; } pw_call;   /* one call of the host; from its beginning to its end */
typedef struct pw_node { uint64_t id; } pw_node;   /* an element of an HTML document; until the call ends */
typedef struct pw_value { uint64_t id; } pw_value; /* a value in a JSON document; until the call ends */

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

/* Something to fetch. Fill with pw_request_init() first. */
typedef struct pw_request {
  uint32_t size;
  uint32_t reserved;
  pw_str url; /* http or https */
  pw_str tag; /* comes back with the answer */
  const pw_header *headers;
  size_t header_count;
} pw_request;

enum {
  PW_COMPLETE = 1, /* of an item: `text` is the whole article, no page is fetched */
  PW_PARTIAL = 2   /* `text` is a teaser or the beginning before a paywall */
};

/* A piece of news: what emit_item and set_article take. Fill with pw_article_init() first. */
typedef struct pw_article {
  uint32_t size;
  uint32_t flags;   /* PW_COMPLETE, PW_PARTIAL */
  pw_str id;        /* of an item: stable, and another for each; empty: made of the url, else of title and text */
  pw_str url;       /* http or https, absolute */
  pw_str title;     /* plain text */
  pw_str text;      /* plain text, a paragraph a line */
  pw_str published; /* a date in any usual form, or Unix seconds as digits */
  pw_str modified;
  pw_str language; /* "en" */
  pw_str site;
  pw_str section;
  pw_str image; /* an address */
  const pw_str *authors;
  size_t author_count;
} pw_article;

typedef struct pw_articles {
  const pw_article *const *data;
  size_t size;
} pw_articles;

/* What poll is given. */
typedef struct pw_poll {
  uint32_t size;
  uint32_t reserved;
  pw_str cursor;  /* the position that was saved last; empty at first */
  int64_t now_ms; /* Unix time in milliseconds */
} pw_poll;

/* What parse is given: the answer to a request, always one with status 200. */
typedef struct pw_response {
  uint32_t size;
  uint32_t reserved;
  pw_str body; /* UTF-8, decoded as the manifest's `body` says */
  pw_str url;  /* after redirects */
  pw_str content_type;
  pw_str tag;
  pw_str cursor;
  int64_t now_ms;
} pw_response;

/* What extract is given: the page of an item. */
typedef struct pw_page {
  uint32_t size;
  uint32_t reserved;
  pw_str html; /* UTF-8 */
  pw_str url;
  int64_t now_ms;
} pw_page;

/* Levels of sd-daemon(3). */
enum { PW_LOG_ERROR = 3, PW_LOG_WARNING = 4, PW_LOG_INFO = 6, PW_LOG_DEBUG = 7 };

enum {
  PW_JSON_NULL = 0,
  PW_JSON_FLAG = 1,
  PW_JSON_NUMBER = 2,
  PW_JSON_TEXT = 3,
  PW_JSON_LIST = 4,
  PW_JSON_OBJECT = 5
};

/* What the host offers. Every function wants the call that the plugin's function was given, on the thread that it was
 * given on. What is handed in is copied before the function returns; what is handed out lives until the call ends, the
 * texts of options as long as the instance. On any status but PW_OK what is handed out is empty. */
typedef struct pw_host {
  uint32_t size;
  uint16_t abi_major;
  uint16_t abi_minor;
  pw_str version; /* of presswatch */

  /* The source's options, as the manifest declares them: numbers as digits, flags as "true" and "false", a list as
   * several values. PW_NOT_FOUND where the option is not set, or has no value of that number. */
  pw_status (*option)(pw_call call, pw_str name, size_t number, pw_str *out);
  pw_status (*option_count)(pw_call call, pw_str name, size_t *out);

  /* Of poll and parse. */
  pw_status (*emit_request)(pw_call call, const pw_request *request);
  pw_status (*emit_item)(pw_call call, const pw_article *item);
  pw_status (*set_cursor)(pw_call call, pw_str cursor);
  pw_status (*set_pace)(pw_call call, uint32_t at_least_seconds);
  /* Of extract. */
  pw_status (*set_article)(pw_call call, const pw_article *article);
  /* Of every call. */
  pw_status (*warn)(pw_call call, pw_str text); /* shown with the source's state; of other calls than poll and parse logged */
  pw_status (*fail)(pw_call call, pw_str why);  /* the reason why this call fails; returns PW_FAILED */
  pw_status (*log)(pw_call call, int32_t level, pw_str text);
  /* Why the last of these functions that answered with a PW_E_ status of this call did so. */
  pw_status (*last_error)(pw_call call, pw_str *out);

  /* HTML. `root` stands for the whole document. */
  pw_status (*html)(pw_call call, pw_str markup, pw_node *root);
  /* The elements below `from` that match a CSS selector, in document order. */
  pw_status (*select)(pw_call call, pw_node from, pw_str selector, pw_nodes *out);
  pw_status (*children)(pw_call call, pw_node node, pw_nodes *out); /* elements only */
  pw_status (*parent)(pw_call call, pw_node node, pw_node *out);
  pw_status (*name)(pw_call call, pw_node node, pw_str *out); /* in lower case */
  pw_status (*attribute)(pw_call call, pw_node node, pw_str name, pw_str *out);
  pw_status (*text)(pw_call call, pw_node node, pw_str *out); /* white space as a reader sees it, a paragraph a line */

  /* JSON. */
  pw_status (*json)(pw_call call, pw_str document, pw_value *root);
  /* What stands at a pointer (RFC 6901, with "*" for every member), seen from `from`. */
  pw_status (*json_select)(pw_call call, pw_value from, pw_str pointer, pw_values *out);
  /* The text, number or flag there as text. `field` is a pointer, "" for the value itself, or several with " | "
   * between, of which the first that says something counts. */
  pw_status (*json_text)(pw_call call, pw_value from, pw_str field, pw_str *out);
  pw_status (*json_type)(pw_call call, pw_value value, int32_t *out);

  /* Every entry of a feed (RSS, RDF, Atom, JSON Feed) as an item that may be emitted as it is. */
  pw_status (*feed)(pw_call call, pw_str document, pw_str url, pw_articles *out);

  /* The absolute address of a link on the page `base`. */
  pw_status (*resolve)(pw_call call, pw_str reference, pw_str base, pw_str *out);
  /* The moment that a text states as a whole, in Unix milliseconds. */
  pw_status (*date)(pw_call call, pw_str text, int64_t *out);
  /* What a reader sees of a piece of markup. */
  pw_status (*plain_text)(pw_call call, pw_str markup, pw_str *out);
} pw_host;

/* What the plugin offers. The first three members stay where they are in every version. `abi_minor` is the least one
 * that the plugin needs. The host never makes two calls of one instance at the same time. */
typedef struct pw_plugin {
  uint32_t size;
  uint16_t abi_major;
  uint16_t abi_minor;

  /* Makes the instance of one source. `host` lives longer than the instance. fail() says what is wrong in its options. */
  pw_status (*create)(const pw_host *host, pw_call call, void **instance);
  void (*destroy)(void *instance);
  pw_status (*poll)(void *instance, pw_call call, const pw_poll *poll);
  pw_status (*parse)(void *instance, pw_call call, const pw_response *response);
  /* May be NULL: the general extractor reads every page. So it does where this returns PW_OK without set_article(). */
  pw_status (*extract)(void *instance, pw_call call, const pw_page *page);
  /* May be NULL. All that was emitted up to this cursor has been stored. */
  void (*stored)(void *instance, pw_call call, pw_str cursor);
} pw_plugin;

/* The one function that a plugin exports. */
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
