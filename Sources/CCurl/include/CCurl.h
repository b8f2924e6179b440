#pragma once
#include <curl/curl.h>

// libcurl, loaded when it is first asked for and not when the program starts: it brings some twenty
// libraries, and to load them takes longer than most commands, which ask no server.

/// What the program uses of libcurl, by the names of curl.h without their `curl_`.
#define CCURL_FUNCTIONS(function)                                                                   \
  function(easy_cleanup) function(easy_getinfo) function(easy_init) function(easy_setopt)           \
  function(easy_strerror) function(free) function(global_init) function(multi_add_handle)           \
  function(multi_cleanup) function(multi_info_read) function(multi_init) function(multi_perform)    \
  function(multi_poll) function(multi_remove_handle) function(multi_setopt) function(multi_wakeup)  \
  function(slist_append) function(slist_free_all) function(url) function(url_cleanup)               \
  function(url_get) function(url_set)

/// The functions, each of the type that curl.h gives it.
typedef struct {
#define CCURL_MEMBER(name) __typeof__(curl_##name) *name;
  CCURL_FUNCTIONS(CCURL_MEMBER)
#undef CCURL_MEMBER
} ccurl_functions;

/// libcurl, made ready for use; NULL where it can't be had. From any thread.
const ccurl_functions *ccurl(void);

/// Why it can't be had: a message for people. For who got NULL from `ccurl`.
const char *ccurl_fault(void);

// Swift can't call variadic functions: libcurl's setters and getters, one for each type of value. For
// who got a handle, by way of `ccurl`.

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value);

/// libcurl copies the string; NULL takes the option back.
CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value);

/// The body of a POST, copied by libcurl; NULL frees the copy.
CURLcode ccurl_set_post(CURL *handle, const void *bytes, curl_off_t count);

/// libcurl keeps the list's address: it must outlive the transfer.
CURLcode ccurl_set_headers(CURL *handle, struct curl_slist *headers);

typedef size_t (*ccurl_receiver)(char *bytes, size_t size, size_t count, void *context);

/// Who gets the body, the header lines, and with which context.
CURLcode ccurl_set_receivers(CURL *handle, ccurl_receiver body, ccurl_receiver header,
                             void *context);

typedef int (*ccurl_sender)(void *context, char *remote, char *local, int remote_port,
                            int local_port);

/// Who is told whenever the request is about to go out; returns CURL_PREREQFUNC_OK.
CURLcode ccurl_set_sender(CURL *handle, ccurl_sender sender, void *context);

/// What a handle belongs to, given back by `ccurl_get_context`.
CURLcode ccurl_set_context(CURL *handle, void *context);

void *ccurl_get_context(CURL *handle);

/// Where libcurl writes what went wrong; CURL_ERROR_SIZE bytes that outlive the transfer.
CURLcode ccurl_set_error_buffer(CURL *handle, char *buffer);

/// 0 where libcurl does not know.
long ccurl_get_long(CURL *handle, CURLINFO info);

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value);

/// The next transfer that ended, or NULL; its result is written to `result`.
CURL *ccurl_next_ended(CURLM *multi, CURLcode *result);
