#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>

static ccurl_functions functions;
static int is_loaded = 0;
static char fault[512];

/// As Debian and others name it; the second is the one that uses GnuTLS.
static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4"};

static void load(void) {
  void *library = NULL;
  for (size_t i = 0; library == NULL && i < sizeof names / sizeof names[0]; i++) {
    library = dlopen(names[i], RTLD_LAZY | RTLD_LOCAL);
    // The usual one is the one to speak of.
    if (library == NULL && i == 0) snprintf(fault, sizeof fault, "%s", dlerror());
  }
  if (library == NULL) return;
#define LOAD(name)                                                                                  \
  if ((*(void **)&functions.name = dlsym(library, "curl_" #name)) == NULL) {                        \
    snprintf(fault, sizeof fault, "libcurl is too old: it has no curl_" #name);                     \
    return;                                                                                         \
  }
  CCURL_FUNCTIONS(LOAD)
#undef LOAD
  if (functions.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
    snprintf(fault, sizeof fault, "libcurl can't be made ready");
    return;
  }
  is_loaded = 1;
}

const ccurl_functions *ccurl(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, load);
  return is_loaded ? &functions : NULL;
}

const char *ccurl_fault(void) { return fault; }

CURLcode ccurl_set_long(CURL *handle, CURLoption option, long value) {
  return functions.easy_setopt(handle, option, value);
}

CURLcode ccurl_set_string(CURL *handle, CURLoption option, const char *value) {
  return functions.easy_setopt(handle, option, value);
}

CURLcode ccurl_set_post(CURL *handle, const void *bytes, curl_off_t count) {
  CURLcode code = functions.easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
  if (code != CURLE_OK) return code;
  return functions.easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes);
}

CURLcode ccurl_set_headers(CURL *handle, struct curl_slist *headers) {
  return functions.easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

CURLcode ccurl_set_receivers(CURL *handle, ccurl_receiver body, ccurl_receiver header,
                             void *context) {
  CURLcode code = functions.easy_setopt(handle, CURLOPT_WRITEFUNCTION, body);
  if (code == CURLE_OK) code = functions.easy_setopt(handle, CURLOPT_WRITEDATA, context);
  if (code == CURLE_OK) code = functions.easy_setopt(handle, CURLOPT_HEADERFUNCTION, header);
  if (code == CURLE_OK) code = functions.easy_setopt(handle, CURLOPT_HEADERDATA, context);
  return code;
}

CURLcode ccurl_set_sender(CURL *handle, ccurl_sender sender, void *context) {
  CURLcode code = functions.easy_setopt(handle, CURLOPT_PREREQFUNCTION, sender);
  return code == CURLE_OK ? functions.easy_setopt(handle, CURLOPT_PREREQDATA, context) : code;
}

CURLcode ccurl_set_context(CURL *handle, void *context) {
  return functions.easy_setopt(handle, CURLOPT_PRIVATE, context);
}

void *ccurl_get_context(CURL *handle) {
  char *context = NULL;
  CURLcode code = functions.easy_getinfo(handle, CURLINFO_PRIVATE, &context);
  return code == CURLE_OK ? context : NULL;
}

CURLcode ccurl_set_error_buffer(CURL *handle, char *buffer) {
  return functions.easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

long ccurl_get_long(CURL *handle, CURLINFO info) {
  long value = 0;
  return functions.easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return functions.multi_setopt(multi, option, value);
}

CURL *ccurl_next_ended(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = functions.multi_info_read(multi, &left))) {
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  }
  return NULL;
}
