#pragma once
#include <curl/curl.h>

// Swift can't call variadic functions: libcurl's setters and getters, one for each type of value.

static inline CURLcode espalier_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode espalier_set_offset(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

/// libcurl copies the string; NULL takes the option back.
static inline CURLcode espalier_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

/// The body of a POST, copied by libcurl; NULL frees the copy.
static inline CURLcode espalier_set_post(CURL *handle, const void *bytes, curl_off_t count) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_POSTFIELDSIZE_LARGE, count);
  return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_COPYPOSTFIELDS, bytes) : code;
}

/// libcurl keeps the list's address: it must outlive the transfer.
static inline CURLcode espalier_set_headers(CURL *handle, struct curl_slist *headers) {
  return curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
}

typedef size_t (*espalier_receiver)(char *bytes, size_t size, size_t count, void *context);

/// Who gets the body, the header lines, and with which context.
static inline CURLcode espalier_set_receivers(
    CURL *handle, espalier_receiver body, espalier_receiver header, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, body);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_WRITEDATA, context);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, header);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_HEADERDATA, context);
  return code;
}

typedef int (*espalier_sender)(
    void *context, char *remote, char *local, int remote_port, int local_port);

/// Who is told whenever the request is about to go out; returns CURL_PREREQFUNC_OK.
static inline CURLcode espalier_set_sender(CURL *handle, espalier_sender sender, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_PREREQFUNCTION, sender);
  return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_PREREQDATA, context) : code;
}

/// What a handle belongs to, given back by `espalier_get_context`.
static inline CURLcode espalier_set_context(CURL *handle, void *context) {
  return curl_easy_setopt(handle, CURLOPT_PRIVATE, context);
}

static inline void *espalier_get_context(CURL *handle) {
  char *context = NULL;
  return curl_easy_getinfo(handle, CURLINFO_PRIVATE, &context) == CURLE_OK ? context : NULL;
}

/// Where libcurl writes what went wrong; CURL_ERROR_SIZE bytes that outlive the transfer.
static inline CURLcode espalier_set_error_buffer(CURL *handle, char *buffer) {
  return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}

static inline long espalier_get_long(CURL *handle, CURLINFO info) {
  long value = 0;
  return curl_easy_getinfo(handle, info, &value) == CURLE_OK ? value : 0;
}

static inline CURLMcode espalier_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

/// The next transfer that ended, or NULL; its result is written to `result`.
static inline CURL *espalier_next_ended(CURLM *multi, CURLcode *result) {
  int left = 0;
  CURLMsg *message;
  while ((message = curl_multi_info_read(multi, &left))) {
    if (message->msg == CURLMSG_DONE) {
      *result = message->data.result;
      return message->easy_handle;
    }
  }
  return NULL;
}
