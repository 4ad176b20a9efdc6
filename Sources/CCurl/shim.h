#include <curl/curl.h>

// curl_easy_setopt and curl_easy_getinfo take variable arguments, which Swift cannot pass.

static inline CURLcode martlet_curl_number(CURL *curl, CURLoption option, long value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode martlet_curl_text(CURL *curl, CURLoption option, const char *value) {
    return curl_easy_setopt(curl, option, value);
}

static inline CURLcode martlet_curl_pointer(CURL *curl, CURLoption option, void *value) {
    return curl_easy_setopt(curl, option, value);
}

/// The shape of what libcurl calls to get and to give bytes.
typedef size_t (*martlet_curl_transfer)(char *, size_t, size_t, void *);

static inline CURLcode martlet_curl_function(
    CURL *curl, CURLoption option, martlet_curl_transfer value) {
    return curl_easy_setopt(curl, option, value);
}

/// The last status that the server answered with; 0 when it never did.
static inline long martlet_curl_status(CURL *curl) {
    long status = 0;
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    return status;
}
