// Random task graphs, and instances that show whether every task ran once and in its turn.
#ifndef DSPC_TEST_RANDOM_TASKS_H
#define DSPC_TEST_RANDOM_TASKS_H

#include "check.h"
#include "dspc/scheduler.h"

#include <cstdint>
#include <random>
#include <utility>
#include <vector>

constexpr int kMostTasks = 48;

// A graph whose tasks wait for some of those before them.
class RandomGraph {
public:
    // `dropped`: one wait is left out of the table, though the task still reads what it waited for.
    explicit RandomGraph(unsigned seed, bool dropped = false) {
        std::mt19937 random(seed);
        const auto below = [&random](int n) { return static_cast<int>(random() % unsigned(n)); };
        tasks_ = dropped ? 12 : 1 + below(kMostTasks);
        const int reach = 1 + below(tasks_), chance = below(100);
        sources.resize(std::size_t(tasks_));
        std::vector<std::vector<int>> followers(sources.size());
        for (int task = 1; task < tasks_; ++task) {
            for (int before = task - 1; before >= 0 && before >= task - reach; --before) {
                if (below(100) >= chance && !(task == before + 1 && chance < 10)) continue;
                sources[std::size_t(task)].push_back(before);
                followers[std::size_t(before)].push_back(task);
            }
        }
        // Tasks are at home in no order at all, with one thread, or with whoever frees them.
        for (int task = 0, all = below(3) * 500; all > 0 && task < tasks_; ++task) {
            places_.push_back(below(all));
        }
        if (dropped) plantFault(followers);
        build(followers);
    }
    RandomGraph(const RandomGraph&) = delete;
    RandomGraph& operator=(const RandomGraph&) = delete;

    const dspc::TaskTable& table() const { return table_; }
    int tasks() const { return tasks_; }

    std::vector<std::vector<int>> sources;  // the tasks whose results each task reads

private:
    // Tasks that all read the first and are read by the last, which waits for all but one.
    void plantFault(std::vector<std::vector<int>>& followers) {
        const int last = tasks_ - 1;
        for (auto& all : followers) all.clear();
        for (auto& all : sources) all.clear();
        for (int task = 1; task < last; ++task) {
            sources[std::size_t(task)] = {0};
            sources[std::size_t(last)].push_back(task);
            followers[0].push_back(task);
            if (task + 1 < last) followers[std::size_t(task)].push_back(last);
        }
    }

    void build(const std::vector<std::vector<int>>& followers) {
        waits_.assign(std::size_t(tasks_), 0);
        int last = 0;
        for (const auto& all : followers) {
            starts_.push_back(int(followers_.size()));
            followers_.insert(followers_.end(), all.begin(), all.end());
            for (const int follower : all) ++waits_[std::size_t(follower)];
            last += all.empty() ? 1 : 0;
        }
        starts_.push_back(int(followers_.size()));
        for (int task = 0; task < tasks_; ++task) {
            if (waits_[std::size_t(task)] == 0) entries_.push_back(task);
        }
        table_ = {tasks_,        0,
                  starts_.data(), followers_.data(),
                  waits_.data(),  entries_.data(),
                  int(entries_.size()), last,
                  places_.empty() ? nullptr : places_.data()};
    }

    int tasks_ = 0;
    std::vector<int> starts_, followers_, waits_, entries_, places_;
    dspc::TaskTable table_ = {};
};

// Each task mixes what it reads into a state of its own. Nothing here is atomic.
class Mixer {
public:
    explicit Mixer(const RandomGraph& graph) : graph_(&graph) {}

    void prepare() { tasks_.prepare(); }
    int threads() const { return tasks_.threads(); }

    // What a host calls: `chunks` runs of the graph.
    void compute(int chunks) {
        dspc::TaskGraph<kMostTasks>::Session session(tasks_, *this);
        for (int chunk = 0; chunk < chunks; ++chunk) session.run(graph_->table());
    }

    void computeSerially(int chunks) {
        for (int chunk = 0; chunk < chunks; ++chunk) {
            for (int task = 0; task < graph_->tasks(); ++task) computeTask(task);
        }
    }

    void computeTask(int task) noexcept {
        std::uint64_t mixed = state_[task] + std::uint64_t(task) + 1;
        for (const int source : graph_->sources[std::size_t(task)]) mixed = mix(mixed ^ row_[source]);
        // Tasks of very different length.
        for (std::uint64_t i = 0, n = mixed >> 59; i < n * n; ++i) mixed = mix(mixed);
        state_[task] = mixed;
        row_[task] = mix(mixed);
    }

    bool operator==(const Mixer& other) const {
        for (int task = 0; task < graph_->tasks(); ++task) {
            if (state_[task] != other.state_[task] || row_[task] != other.row_[task]) return false;
        }
        return true;
    }

private:
    static std::uint64_t mix(std::uint64_t x) noexcept {
        x = (x ^ (x >> 31)) * 0x9E3779B97F4A7C15u;
        return x ^ (x >> 29);
    }

    const RandomGraph* graph_;
    dspc::TaskGraph<kMostTasks> tasks_;
    std::uint64_t state_[kMostTasks] = {};
    std::uint64_t row_[kMostTasks] = {};
};

inline void useThreads(int threads, bool ownPool = false) {
    dspc::SchedulerOptions options;
    options.threads = threads;
    options.ownPool = ownPool;
    CHECK(dspc::ok(dspc::setSchedulerOptions(options)));
}

#endif  // DSPC_TEST_RANDOM_TASKS_H
