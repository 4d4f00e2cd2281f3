// Build switches of the dspc run-time, and the one place where exceptions are met.
#ifndef DSPC_CONFIG_H
#define DSPC_CONFIG_H

#include "dspc/status.h"

#include <new>

// DSPC_NO_THREADS: for targets without <mutex> and thread-local storage. Locks become empty and
// "thread-local" becomes "global".
#ifndef DSPC_NO_THREADS
#include <mutex>
#endif

#if defined(__cpp_exceptions) || defined(__EXCEPTIONS) || defined(_CPPUNWIND)
#define DSPC_HAS_EXCEPTIONS 1
#else
#define DSPC_HAS_EXCEPTIONS 0
#endif

namespace dspc {

#ifdef DSPC_NO_THREADS
#define DSPC_THREAD_LOCAL
class Mutex {
public:
    void lock() noexcept {}
    void unlock() noexcept {}
};
#else
#define DSPC_THREAD_LOCAL thread_local
using Mutex = std::mutex;
#endif

// Locks for the length of a block.
class Guard {
public:
    explicit Guard(Mutex& mutex) noexcept : mutex_(mutex) { mutex_.lock(); }
    ~Guard() { mutex_.unlock(); }
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

private:
    Mutex& mutex_;
};

// Runs foreign code, which may throw, and turns what it throws into a status: std::bad_alloc is
// OutOfMemory, all else is Failed. `body` returns a Status. Nothing passes this line.
template <class Body>
Status contained(Body&& body) noexcept {
#if DSPC_HAS_EXCEPTIONS
    try {
        return body();
    } catch (const std::bad_alloc&) {
        return Status::OutOfMemory;
    } catch (...) {
        return Status::Failed;
    }
#else
    return body();
#endif
}

}  // namespace dspc

#endif  // DSPC_CONFIG_H
