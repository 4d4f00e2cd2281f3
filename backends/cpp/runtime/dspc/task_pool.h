// The threads that help the audio threads of a process, and who may use them.
#ifndef DSPC_TASK_POOL_H
#define DSPC_TASK_POOL_H

#include "dspc/processor.h"

#include <atomic>
#include <chrono>

// The most threads that work on one instance, the calling one among them. Each instance has a
// deque for each of them.
#ifndef DSPC_MAX_THREADS
#define DSPC_MAX_THREADS 16
#endif

namespace dspc {

inline constexpr int kMaxThreads = DSPC_MAX_THREADS;
static_assert(kMaxThreads >= 1, "the calling thread is one");

// How a pool is made. What is left at its default comes from the environment, or else is as told.
struct SchedulerOptions {
    // With the calling one. 0: $DSPC_NUM_THREADS, $OMP_NUM_THREADS, or as many as there are cores.
    int threads = 0;
    // Real-time priority for the workers, where the system allows it. Also $DSPC_REALTIME=1.
    bool realtime = false;
    int priority = 60;
    // How long a worker looks for work before it sleeps. Longer spares the audio thread the waking
    // up (a system call), at the cost of a busy core; 0 sleeps at once; below 0 never.
    // kFromEnvironment: $DSPC_SPIN_US, or 200.
    static constexpr int kFromEnvironment = -2;
    int spinMicroseconds = kFromEnvironment;
    // A pool for each instance, rather than one for all. Also $DSPC_OWN_POOL=1.
    bool ownPool = false;
    // Helps with what is too short to gain by it, too: for tests. Also $DSPC_SHARE_ALL=1.
    bool shareAll = false;

    // The same with everything decided.
    SchedulerOptions decided() const noexcept {
        SchedulerOptions all = *this;
        if (all.threads <= 0) all.threads = environmentNumber("DSPC_NUM_THREADS", 0);
        if (all.threads <= 0) all.threads = environmentNumber("OMP_NUM_THREADS", 0);
        if (all.threads <= 0) all.threads = coreCount();
        if (all.threads > kMaxThreads) all.threads = kMaxThreads;
        if (!all.realtime) all.realtime = environmentNumber("DSPC_REALTIME", 0) > 0;
        if (!all.ownPool) all.ownPool = environmentNumber("DSPC_OWN_POOL", 0) > 0;
        if (!all.shareAll) all.shareAll = environmentNumber("DSPC_SHARE_ALL", 0) > 0;
        if (all.spinMicroseconds <= kFromEnvironment) {
            all.spinMicroseconds = environmentNumber("DSPC_SPIN_US", 200);
        }
        return all;
    }
};

// Something that workers can help with while it runs.
class Helped {
public:
    // Runs tasks until it finds no more; false where it found none. `worker` is from 1 on.
    virtual bool help(int worker) noexcept = 0;
    virtual bool hasWork() const noexcept = 0;

protected:
    ~Helped() = default;
};

// Waits for others: a little at first, then gives way to them, at last sleeps, so that a thread
// that was interrupted in its task gets a processor even where all that wait have higher priority.
class Patience {
public:
    explicit Patience(bool crowded) noexcept : step_(crowded ? kPauses : 0) {}

    void wait() noexcept {
        ++step_;
        if (step_ <= kPauses) {
            for (int i = 0; i < kTimes; ++i) pauseBriefly();
        } else if (step_ <= kYields) {
            std::this_thread::yield();
        } else {
            std::this_thread::sleep_for(std::chrono::microseconds(50));
        }
    }

private:
    static constexpr int kPauses = 200;
    static constexpr int kYields = 3000;
    static constexpr int kTimes = 4;
    int step_;
};

// Threads that wait for work. Those who have some enter it while they run; nothing then is
// allocated or locked, and neither entering nor leaving waits for anybody.
//
// How a worker comes to hold on to something that another thread may destroy: it writes down whom
// it wants to help (`holds`), then looks whether that one is still entered. Who destroys it leaves
// first, then waits until nobody holds it (`forget`). All four steps are sequentially consistent,
// so at least one of the two sees the other.
class TaskPool {
public:
    explicit TaskPool(const SchedulerOptions& options) noexcept
        : options_(options.decided()), process_(processNumber()) {
        crowded_ = options_.threads > coreCount();
        for (int number = 1; number < options_.threads; ++number) {
            if (!start(number)) break;
            ++workers_;
        }
    }

    ~TaskPool() { stop(); }
    TaskPool(const TaskPool&) = delete;
    TaskPool& operator=(const TaskPool&) = delete;

    // The threads that work, the calling one among them.
    int threads() const noexcept { return workers_ + 1; }
    // Those of them that the system gave real-time priority; known once they have started.
    int realtimeThreads() const noexcept { return realtime_.load(std::memory_order_acquire); }
    // Whether it helps with everything.
    bool sharesAll() const noexcept { return options_.shareAll; }
    // More threads than cores: waiting then means giving way.
    bool isCrowded() const noexcept { return crowded_; }
    // False after fork() in the child, where the threads are not.
    bool isOfThisProcess() const noexcept { return process_ == processNumber(); }

    // Ends the threads; all that was entered goes on without them.
    void stop() noexcept {
        if (!isOfThisProcess()) return;
        stopping_.store(true, std::memory_order_seq_cst);
        for (int number = 1; number <= workers_; ++number) {
            Worker& worker = worker_[number];
            worker.sleeps.store(false, std::memory_order_seq_cst);
            worker.wakeUp.post();
            if (worker.thread.joinable()) worker.thread.join();
        }
    }

    // A place among those that are helped; -1 where all are taken, for then no thread is free.
    int enter(Helped* wants) noexcept {
        for (int place = 0; place < kPlaces; ++place) {
            Helped* nobody = nullptr;
            if (entered_[place].load(std::memory_order_relaxed) == nullptr &&
                entered_[place].compare_exchange_strong(nobody, wants)) {
                return place;
            }
        }
        return -1;
    }

    void leave(int place) noexcept { entered_[place].store(nullptr, std::memory_order_seq_cst); }

    // Waits until no worker holds what has left.
    void forget(const Helped* left) noexcept {
        if (!isOfThisProcess()) return;
        Patience patience(true);
        for (int number = 1; number <= workers_; ++number) {
            while (worker_[number].holds.load(std::memory_order_seq_cst) == left) patience.wait();
        }
    }

    // Wakes a sleeping worker, if there is one, and that of a number rather than others. Where none
    // sleeps it only reads.
    void wakeOne(int wanted = 1) noexcept {
        if (sleeping_.load(std::memory_order_seq_cst) <= 0) return;
        for (int i = 0; i < workers_; ++i) {
            Worker& worker = worker_[1 + (wanted + workers_ - 1) % workers_];
            ++wanted;
            if (worker.sleeps.load(std::memory_order_relaxed) && worker.sleeps.exchange(false)) {
                sleeping_.fetch_sub(1, std::memory_order_relaxed);
                worker.wakeUp.post();
                return;
            }
        }
    }

private:
    friend class PoolOwners;

    struct Worker {
        std::thread thread;
        Semaphore wakeUp;
        std::atomic<bool> sleeps{false};
        std::atomic<const Helped*> holds{nullptr};
        char apart[kApart] = {};
    };

    static constexpr int kPlaces = 16;

    bool start(int number) noexcept {
        return ok(contained([this, number] {
            worker_[number].thread = std::thread([this, number] { work(number); });
            return Status::Ok;
        }));
    }

    void work(int number) noexcept {
        if (options_.realtime && becomeRealtime(options_.priority)) {
            realtime_.fetch_add(1, std::memory_order_release);
        }
        Worker& me = worker_[number];
        using Clock = std::chrono::steady_clock;
        const std::chrono::microseconds most(options_.spinMicroseconds);
        Clock::time_point idleSince = Clock::now();
        for (unsigned turn = 1; !stopping_.load(std::memory_order_acquire); ++turn) {
            if (helpSomeone(me, number)) {
                idleSince = Clock::now();
                continue;
            }
            rest(turn);
            if (options_.spinMicroseconds < 0 || turn % 16 != 0) continue;
            if (Clock::now() - idleSince < most) continue;
            sleep(me);
            idleSince = Clock::now();
        }
    }

    // Between two looks: short enough to be there in time, long enough not to disturb the thread
    // whose memory it looks at. Where there are no cores to spare it gives way.
    void rest(unsigned turn) const noexcept {
        if (crowded_ || turn % 64 == 0) {
            std::this_thread::yield();
        } else {
            for (int i = 0; i < 8; ++i) pauseBriefly();
        }
    }

    bool helpSomeone(Worker& me, int number) noexcept {
        bool found = false;
        for (int i = 0; i < kPlaces; ++i) {  // each from another place, so that they spread
            const std::atomic<Helped*>& place = entered_[(number + i) % kPlaces];
            Helped* const wants = place.load(std::memory_order_relaxed);
            if (wants == nullptr) continue;
            me.holds.store(wants, std::memory_order_seq_cst);
            if (place.load(std::memory_order_seq_cst) == wants) found |= wants->help(number);
            me.holds.store(nullptr, std::memory_order_release);
        }
        return found;
    }

    // Sleeps unless work has come since it looked last. Work that comes after that sees that it
    // sleeps; should a thread still miss it, it does the work itself.
    void sleep(Worker& me) noexcept {
        me.sleeps.store(true, std::memory_order_seq_cst);
        sleeping_.fetch_add(1, std::memory_order_seq_cst);
        if (stopping_.load(std::memory_order_seq_cst) || seesWork(me)) {
            if (me.sleeps.exchange(false)) {
                sleeping_.fetch_sub(1, std::memory_order_relaxed);
                return;
            }
        }
        me.wakeUp.wait();
    }

    bool seesWork(Worker& me) noexcept {
        bool found = false;
        for (const std::atomic<Helped*>& place : entered_) {
            Helped* const wants = place.load(std::memory_order_seq_cst);
            if (wants == nullptr) continue;
            me.holds.store(wants, std::memory_order_seq_cst);
            if (place.load(std::memory_order_seq_cst) == wants) found |= wants->hasWork();
            me.holds.store(nullptr, std::memory_order_release);
        }
        return found;
    }

    const SchedulerOptions options_;
    const long process_;
    bool crowded_ = false;
    int workers_ = 0;
    std::atomic<bool> stopping_{false};
    std::atomic<int> sleeping_{0};
    std::atomic<int> realtime_{0};
    std::atomic<Helped*> entered_[kPlaces] = {};
    Worker worker_[kMaxThreads];  // number 0 is whoever calls
    int users_ = 0;  // this and the next under the lock of its owners
    TaskPool* next_ = nullptr;
};

}  // namespace dspc

#endif  // DSPC_TASK_POOL_H
