// What the task scheduler asks of the processor and the operating system.
#ifndef DSPC_PROCESSOR_H
#define DSPC_PROCESSOR_H

#include "dspc/config.h"

#if __cplusplus < 201703L && !(defined(_MSVC_LANG) && _MSVC_LANG >= 201703L)
#error "the task scheduler needs C++17: compile with -std=c++17"
#endif
#ifdef DSPC_NO_THREADS
#error "the task scheduler needs threads: leave DSPC_NO_THREADS undefined"
#endif

#include <cstddef>
#include <cstdlib>
#include <thread>

#if defined(__unix__) || defined(__APPLE__)
#define DSPC_POSIX 1
#include <pthread.h>
#include <sched.h>
#include <unistd.h>
#else
#define DSPC_POSIX 0
#endif

#if defined(__APPLE__)
#include <dispatch/dispatch.h>
#elif DSPC_POSIX
#include <semaphore.h>
#else
#include <condition_variable>
#endif

#if defined(__SSE__) || defined(_M_X64)
#include <xmmintrin.h>
#endif

namespace dspc {

// Bytes between variables that different threads write: two lines of most caches, one of the
// largest, since some processors fetch lines in pairs. Distance, not alignment: a memory manager
// may place instances at any address that is good for a double.
inline constexpr std::size_t kApart = 128;

// Counts wake-ups of one sleeping thread. `post` is called from the audio thread, so it must not
// take a lock that a sleeper could hold: POSIX semaphores and those of Apple's dispatch library are
// an atomic counter, and enter the system only where someone sleeps. (A condition variable needs a
// mutex, which the woken thread may hold while it is not running; std::counting_semaphore is
// C++20.) Other systems get the condition variable.
class Semaphore {
public:
    Semaphore(const Semaphore&) = delete;
    Semaphore& operator=(const Semaphore&) = delete;

#if defined(__APPLE__)
    Semaphore() noexcept : semaphore_(dispatch_semaphore_create(0)) {}
    ~Semaphore() { dispatch_release(semaphore_); }
    void post() noexcept { dispatch_semaphore_signal(semaphore_); }
    void wait() noexcept { dispatch_semaphore_wait(semaphore_, DISPATCH_TIME_FOREVER); }

private:
    dispatch_semaphore_t semaphore_;
#elif DSPC_POSIX
    Semaphore() noexcept { sem_init(&semaphore_, 0, 0); }
    ~Semaphore() { sem_destroy(&semaphore_); }
    void post() noexcept { sem_post(&semaphore_); }
    void wait() noexcept {
        while (sem_wait(&semaphore_) != 0) {  // a signal came in between
        }
    }

private:
    sem_t semaphore_;
#else
    Semaphore() noexcept = default;
    ~Semaphore() = default;
    void post() noexcept {
        const std::lock_guard<std::mutex> lock(mutex_);
        ++count_;
        posted_.notify_one();
    }
    void wait() noexcept {
        std::unique_lock<std::mutex> lock(mutex_);
        posted_.wait(lock, [this] { return count_ > 0; });
        --count_;
    }

private:
    std::mutex mutex_;
    std::condition_variable posted_;
    int count_ = 0;
#endif
};

// Tells the processor that this is a loop that waits.
inline void pauseBriefly() noexcept {
#if defined(__SSE__) || defined(_M_X64)
    _mm_pause();
#elif (defined(__aarch64__) || defined(__arm__)) && defined(__GNUC__)
    __asm__ volatile("yield");
#endif
}

// How the processor rounds and whether it flushes denormal numbers: hosts set it for their audio
// thread, and workers must calculate in the same way.
class FloatMode {
public:
    static FloatMode current() noexcept {
        FloatMode mode;
#if defined(__SSE__) || defined(_M_X64)
        mode.bits_ = _mm_getcsr() & ~kFlags;
#elif defined(__aarch64__) && defined(__GNUC__)
        __asm__ volatile("mrs %0, fpcr" : "=r"(mode.bits_));
#endif
        return mode;
    }

    void apply() const noexcept {
#if defined(__SSE__) || defined(_M_X64)
        _mm_setcsr(static_cast<unsigned>(bits_));
#elif defined(__aarch64__) && defined(__GNUC__)
        __asm__ volatile("msr fpcr, %0" : : "r"(bits_));
#endif
    }

    bool operator!=(const FloatMode& other) const noexcept { return bits_ != other.bits_; }

private:
    static constexpr unsigned kFlags = 0x3F;  // what happened so far, which is no mode
    unsigned long long bits_ = 0;
};

// How many threads can run at once, for this process.
inline int coreCount() noexcept {
#if defined(__linux__)
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) return CPU_COUNT(&allowed);
#endif
    const unsigned cores = std::thread::hardware_concurrency();
    return cores == 0 ? 1 : static_cast<int>(cores);
}

// Gives the calling thread real-time priority; false where the system refuses or has none.
inline bool becomeRealtime(int priority) noexcept {
#if DSPC_POSIX
    const int least = sched_get_priority_min(SCHED_RR), most = sched_get_priority_max(SCHED_RR);
    sched_param wanted = {};
    wanted.sched_priority = priority < least ? least : priority > most ? most : priority;
    return pthread_setschedparam(pthread_self(), SCHED_RR, &wanted) == 0;
#else
    static_cast<void>(priority);
    return false;
#endif
}

// Tells one process from another: threads do not survive fork().
inline long processNumber() noexcept {
#if DSPC_POSIX
    return static_cast<long>(getpid());
#else
    return 0;
#endif
}

// A whole number in the environment, or `otherwise`.
inline int environmentNumber(const char* name, int otherwise) noexcept {
    const char* text = std::getenv(name);
    if (text == nullptr || *text == '\0') return otherwise;
    char* end = nullptr;
    const long number = std::strtol(text, &end, 10);
    return end == text || number < -1 || number > 1'000'000 ? otherwise
                                                             : static_cast<int>(number);
}

}  // namespace dspc

#endif  // DSPC_PROCESSOR_H
