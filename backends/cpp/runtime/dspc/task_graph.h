// The tasks of an instance: who waits for whom, and how they are run.
#ifndef DSPC_TASK_GRAPH_H
#define DSPC_TASK_GRAPH_H

#include "dspc/deque.h"
#include "dspc/pool_owners.h"
#include "dspc/ready_set.h"

namespace dspc {

// Tasks of a class, numbered so that each comes after all that it waits for.
struct TaskTable {
    int tasks;
    int first;             // what the class calls task 0, where it has several tables
    const int* starts;     // the followers of task t are those from starts[t] to starts[t + 1]
    const int* followers;  // the tasks that wait for a task
    const int* waits;      // how many tasks each waits for
    const int* entries;    // the tasks that wait for none
    int entryCount;
    int lastCount;  // how many tasks none waits for
    // How many thousandths of the work lie before each task, in an order in which those that touch
    // the same memory are near each other: which thread had best run it. Null: whoever frees it.
    const int* places = nullptr;
};

inline constexpr int kPlaces = 1000;

// Whether the numbers of a table fit together; for static_assert.
template <int Tasks>
constexpr bool isSound(const TaskTable& table) noexcept {
    if (table.tasks != Tasks || table.starts[0] != 0 || table.entryCount < 1) return false;
    int waits[Tasks] = {};
    int last = 0;
    for (int task = 0; table.places != nullptr && task < Tasks; ++task) {
        if (table.places[task] < 0 || table.places[task] >= kPlaces) return false;
    }
    for (int task = 0; task < Tasks; ++task) {
        const int from = table.starts[task], to = table.starts[task + 1];
        if (to < from) return false;
        if (to == from) ++last;
        for (int i = from; i < to; ++i) {
            if (table.followers[i] <= task || table.followers[i] >= Tasks) return false;
            ++waits[table.followers[i]];
        }
    }
    int entries = 0;
    for (int task = 0; task < Tasks; ++task) {
        if (waits[task] != table.waits[task]) return false;
        if (waits[task] == 0) ++entries;
    }
    for (int i = 0; i < table.entryCount; ++i) {
        if (table.entries[i] < 0 || table.entries[i] >= Tasks) return false;
        if (table.waits[table.entries[i]] != 0) return false;
    }
    return entries == table.entryCount && last == table.lastCount;
}

// Runs the tasks of one instance, again and again; `Tasks` is the most that one of its tables has.
// One thread at a time runs it; the workers of the pool help. A member of the instance: it needs
// no memory besides. Copies start anew, as helped as the original. Tasks must not throw: there is
// no place where that could be caught.
//
// Each task waits for a counter to fall to 0. Who brings it there sets it up for the next run. The
// threads share the tasks out by their places, in each run alike, so that rows and state stay in
// the cache of the core that has written them. A task that is at home with the thread that freed it
// is run by that one: the first at once, others from its deque; one that is at home elsewhere is
// sent there (Acar, Blelloch and Blumofe, "The data locality of work stealing", SPAA 2000). Who
// finds nothing of his own for a while steals, from deques first.
template <int Tasks>
class TaskGraph final : private Helped {
public:
    TaskGraph() noexcept = default;
    TaskGraph(const TaskGraph& other) noexcept : Helped(other) {
        if (other.pool_ != nullptr) prepare();
    }
    // The state of an instance is taken over, its threads are not.
    TaskGraph& operator=(const TaskGraph&) noexcept { return *this; }
    ~TaskGraph() {
        if (pool_ == nullptr) return;
        pool_->forget(this);
        PoolOwners::release(pool_);
    }

    // Takes a pool, and starts its threads if it is the first to; not for the audio thread. Without
    // it the tasks are run by the calling thread.
    void prepare() noexcept {
        if (pool_ == nullptr) pool_ = PoolOwners::acquire();
    }

    // The threads that work, the calling one among them.
    int threads() const noexcept { return pool_ == nullptr ? 1 : pool_->threads(); }
    // Those of them that the system gave real-time priority. The calling one has what it has.
    int realtimeThreads() const noexcept { return pool_ == nullptr ? 0 : pool_->realtimeThreads(); }

    // While it lives, workers help, if it is worth their while. `owner.computeTask(number)` is what
    // a task does.
    class Session {
    public:
        template <class Owner>
        Session(TaskGraph& graph, Owner& owner, bool isWorthIt = true) noexcept : graph_(graph) {
            graph.owner_ = &owner;
            graph.compute_ = [](void* self, int task) noexcept {
                static_cast<Owner*>(self)->computeTask(task);
            };
            graph.mode_ = FloatMode::current();
            if (graph.threads() == 1 || !(isWorthIt || graph.pool_->sharesAll())) return;
            place_ = graph.pool_->enter(&graph);
        }
        ~Session() {
            if (place_ >= 0) graph_.pool_->leave(place_);
        }
        Session(const Session&) = delete;
        Session& operator=(const Session&) = delete;

        // Runs every task once. A table stays where it is.
        void run(const TaskTable& table) noexcept {
            if (place_ >= 0 && table.tasks > 1) return graph_.runTogether(table);
            for (int task = 0; task < table.tasks; ++task) {
                graph_.compute_(graph_.owner_, table.first + task);
            }
        }

    private:
        TaskGraph& graph_;
        int place_ = -1;
    };

private:
    static constexpr int kNone = TaskDeque<Tasks>::kNone;
    static_assert(kNone == ReadySet<Tasks>::kNone, "no task is told in one way");
    // How often a thread looks for tasks of its own before it steals: for some microseconds. What a
    // task touches has to come from another core's cache, and back in the next run.
    static constexpr int kLoyalty = 32;

    // No task is anywhere when a run begins, so nobody looks at what is set here.
    void use(const TaskTable& table) noexcept {
        table_ = &table;
        for (int task = 0; task < table.tasks; ++task) {
            waiting_[task].store(table.waits[task], std::memory_order_relaxed);
        }
    }

    void runTogether(const TaskTable& table) noexcept {
        if (table_ != &table) use(table);
        unfinished_.store(table_->lastCount, std::memory_order_relaxed);
        begin();
        Patience patience(pool_->isCrowded());
        while (unfinished_.load(std::memory_order_acquire) > 0) {
            const int task = next(0);
            if (task == kNone) {
                patience.wait();
            } else {
                execute(0, task);
                patience = Patience(pool_->isCrowded());
            }
        }
    }

    // Starts the tasks that wait for none, those of other threads first: a worker that waits must
    // not find this thread's before its own.
    void begin() noexcept {
        for (int i = 0; i < table_->entryCount; ++i) {
            const int task = table_->entries[i];
            if (homeOf(task, 0) != 0) release(0, task);
        }
        int first = kNone;
        for (int i = table_->entryCount - 1; i >= 0; --i) {
            const int task = table_->entries[i];
            if (homeOf(task, 0) != 0) continue;
            if (first != kNone) release(0, first);
            first = task;
        }
        if (first != kNone) execute(0, first);
    }

    bool help(int worker) noexcept override {
        int task = next(worker);
        if (task == kNone) return false;
        // What the run has written is to be seen only now: a late worker may be between two runs.
        if (mode_ != FloatMode::current()) mode_.apply();
        if (hasWork()) pool_->wakeOne();
        for (; task != kNone; task = next(worker)) execute(worker, task);
        return true;
    }

    bool hasWork() const noexcept override {
        for (int thread = 0; thread < pool_->threads(); ++thread) {
            const Seat& seat = seats_[thread];
            if (!seat.deque.looksEmpty() || !seat.sent.looksEmpty()) return true;
        }
        return false;
    }

    // A task to run: of those at home with a thread, or else of another's.
    int next(int thread) noexcept {
        Seat& seat = seats_[thread];
        int task = seat.deque.pop();
        if (task == kNone) task = seat.sent.take();
        if (task != kNone) {
            seat.looks = 0;
            return task;
        }
        if (seat.looks < kLoyalty) {
            ++seat.looks;
            return kNone;
        }
        const int threads = pool_->threads();
        for (int i = 1; i < threads && task == kNone; ++i) {
            task = seats_[(thread + i) % threads].deque.steal();
        }
        for (int i = 1; i < threads && task == kNone; ++i) {
            task = seats_[(thread + i) % threads].sent.take();
        }
        return task;
    }

    // With which thread a task is at home that another has freed.
    int homeOf(int task, int thread) const noexcept {
        return table_->places == nullptr ? thread : table_->places[task] * pool_->threads() / kPlaces;
    }

    // Puts a task where it is at home.
    void release(int thread, int task) noexcept {
        const int home = homeOf(task, thread);
        if (home == thread) {
            seats_[home].deque.push(task);
        } else {
            seats_[home].sent.put(task);
        }
        pool_->wakeOne(home);
    }

    // Runs a task, and as long as one frees another that is at home here, that one.
    void execute(int thread, int task) noexcept {
        do {
            compute_(owner_, table_->first + task);
            task = finish(thread, task);
        } while (task != kNone);
    }

    // Tells those who wait for a task that it is done. One that is free now and at home here is to
    // be run at once, the first; others are put where they are at home, the next one on top.
    int finish(int thread, int task) noexcept {
        const int from = table_->starts[task], to = table_->starts[task + 1];
        if (from == to) {
            unfinished_.fetch_sub(1, std::memory_order_release);
            return kNone;
        }
        int next = kNone;
        for (int i = to - 1; i >= from; --i) {
            const int follower = table_->followers[i];
            if (!isFree(follower)) continue;
            if (homeOf(follower, thread) != thread) {
                release(thread, follower);
                continue;
            }
            if (next != kNone) release(thread, next);
            next = follower;
        }
        return next;
    }

    // Counts one of those down that a task waits for; whether it was the last.
    bool isFree(int task) noexcept {
        const int waits = table_->waits[task];
        if (waits == 1) return true;
        if (waiting_[task].fetch_sub(1, std::memory_order_acq_rel) != 1) return false;
        waiting_[task].store(waits, std::memory_order_relaxed);
        return true;
    }

    // What belongs to one thread.
    struct Seat {
        TaskDeque<Tasks> deque;  // tasks at home with it that it has freed itself
        ReadySet<Tasks> sent;    // and those that others have
        char apart[kApart] = {};
        int looks = 0;  // how often it has looked in vain since it last found one there
        char apartFromNext[kApart] = {};
    };

    const TaskTable* table_ = nullptr;
    TaskPool* pool_ = nullptr;
    void* owner_ = nullptr;
    void (*compute_)(void*, int) noexcept = nullptr;
    FloatMode mode_;
    std::atomic<int> waiting_[Tasks];
    char apart_[kApart] = {};
    std::atomic<int> unfinished_{0};
    char apartFromSeats_[kApart] = {};
    Seat seats_[kMaxThreads];
};

}  // namespace dspc

#endif  // DSPC_TASK_GRAPH_H
