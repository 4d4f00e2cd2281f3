// Who owns pools of threads: all instances of a module one together, or each its own.
#ifndef DSPC_POOL_OWNERS_H
#define DSPC_POOL_OWNERS_H

#include "dspc/task_pool.h"

#include <new>

// Each shared library has a pool of its own: one that another library made would run code that may
// be unloaded before it. Hidden symbols are not merged with those of other libraries, and do not
// keep a library from being unloaded as the unique ones of inline variables do.
#if defined(__GNUC__) && !defined(_WIN32)
#define DSPC_OF_THIS_MODULE __attribute__((visibility("hidden")))
#else
#define DSPC_OF_THIS_MODULE
#endif

namespace dspc {

// What instances of a module share. It has no destructor: instances may outlive all static objects.
struct SharedPool {
    std::atomic<long> lock{0};
    TaskPool* pool = nullptr;  // the one that instances share
    TaskPool* all = nullptr;   // a list of it and those that instances have for themselves
    SchedulerOptions options;
    bool isClosed = false;
};

DSPC_OF_THIS_MODULE inline SharedPool& sharedPool() noexcept {
    static SharedPool shared;
    return shared;
}

// Pools are taken when an instance is prepared and given back when it is destroyed; the last one
// to give back ends the threads. Instances that are never destroyed: the threads end when the
// library is unloaded or the process exits, and such an instance then runs on its caller alone.
class PoolOwners {
public:
    // A pool, counted; null where one thread is wanted or there is no memory for a pool.
    DSPC_OF_THIS_MODULE static TaskPool* acquire() noexcept {
        SharedPool& shared = sharedPool();
        const Turn turn(shared.lock);
        if (shared.isClosed) return nullptr;
        if (shared.all != nullptr && !shared.all->isOfThisProcess()) {
            shared.pool = shared.all = nullptr;
        }
        const SchedulerOptions wanted = shared.options.decided();
        if (shared.pool == nullptr && wanted.threads == 1) return nullptr;
        if (wanted.ownPool) return made(shared);
        if (shared.pool == nullptr) return shared.pool = made(shared);
        ++shared.pool->users_;
        return shared.pool;
    }

    // A pool from before fork() is left alone: its threads, and whoever held its locks, are gone.
    DSPC_OF_THIS_MODULE static void release(TaskPool* pool) noexcept {
        if (pool == nullptr || !pool->isOfThisProcess()) return;
        SharedPool& shared = sharedPool();
        const Turn turn(shared.lock);
        if (--pool->users_ > 0) return;
        if (shared.pool == pool) shared.pool = nullptr;
        TaskPool** link = &shared.all;
        while (*link != pool) link = &(*link)->next_;
        *link = pool->next_;
        delete pool;
    }

    // For pools made from now on; Busy while instances share one.
    DSPC_OF_THIS_MODULE static Status setOptions(const SchedulerOptions& options) noexcept {
        SharedPool& shared = sharedPool();
        const Turn turn(shared.lock);
        if (shared.pool != nullptr && shared.pool->isOfThisProcess()) return Status::Busy;
        shared.options = options;
        return Status::Ok;
    }

private:
    // A lock that a forked child can take though its holder was left behind in the parent.
    class Turn {
    public:
        explicit Turn(std::atomic<long>& lock) noexcept : lock_(lock) {
            const long me = processNumber() + 1;
            long holder = 0;
            while (!lock_.compare_exchange_weak(holder, me, std::memory_order_acquire)) {
                if (holder != me && holder != 0) continue;  // of another process: taken over
                holder = 0;
                std::this_thread::yield();
            }
        }
        ~Turn() { lock_.store(0, std::memory_order_release); }
        Turn(const Turn&) = delete;
        Turn& operator=(const Turn&) = delete;

    private:
        std::atomic<long>& lock_;
    };

    // Ends the threads of the pools that are still there when static objects are destroyed.
    struct Closer {
        ~Closer() {
#ifndef _WIN32  // which forbids to wait for threads here, and has ended them where it exits
            SharedPool& shared = sharedPool();
            const Turn turn(shared.lock);
            shared.isClosed = true;
            for (TaskPool* pool = shared.all; pool != nullptr; pool = pool->next_) pool->stop();
#endif
        }
    };

    DSPC_OF_THIS_MODULE static void closeAtEnd() noexcept { static const Closer closer; }

    static TaskPool* made(SharedPool& shared) noexcept {
        TaskPool* const pool = new (std::nothrow) TaskPool(shared.options);
        if (pool == nullptr) return nullptr;
        pool->users_ = 1;
        pool->next_ = shared.all;
        shared.all = pool;
        closeAtEnd();
        return pool;
    }
};

// How pools are made that instances share from now on. Status::Busy while there is one.
inline Status setSchedulerOptions(const SchedulerOptions& options) noexcept {
    return PoolOwners::setOptions(options);
}

}  // namespace dspc

#endif  // DSPC_POOL_OWNERS_H
