// The test programs' one assertion.
#ifndef DSPC_TEST_CHECK_H
#define DSPC_TEST_CHECK_H

#include <cstdio>
#include <cstdlib>

#define CHECK(condition)                                                                 \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            std::fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            std::exit(1);                                                                \
        }                                                                                \
    } while (false)

#endif  // DSPC_TEST_CHECK_H
