// Many instances on several host threads at once, that come and go while others run.
#include "random_tasks.h"

#include <memory>

namespace {

constexpr int kHosts = 4;

// One host's life: instances, copies of them, some unprepared, all right in the end.
void host(const RandomGraph& graph, unsigned seed, int rounds) {
    std::mt19937 random(seed);
    for (int round = 0; round < rounds; ++round) {
        auto first = std::make_unique<Mixer>(graph);
        if (round % 5 != 0) first->prepare();
        Mixer alone(graph);
        first->compute(3);
        alone.computeSerially(3);
        auto clone = std::make_unique<Mixer>(*first);
        CHECK(clone->threads() == first->threads());
        std::vector<std::unique_ptr<Mixer>> others;
        for (int i = 0; i < 3; ++i) others.push_back(std::make_unique<Mixer>(alone));
        for (auto& other : others) other->prepare();
        for (int block = 0; block < 20; ++block) {
            const int chunks = 1 + int(random() % 3);
            for (auto& other : others) other->compute(chunks);
            clone->compute(chunks);
            if (first) first->compute(chunks);
            alone.computeSerially(chunks);
            if (block == 7) first.reset();
            if (block == 11) *others[1] = *others[0];
        }
        CHECK(*clone == alone && *others[0] == alone && *others[1] == alone && *others[2] == alone);
    }
}

// More hosts than the pool has places: some get no help, none waits.
void crowd(const RandomGraph& graph, int hosts, int rounds) {
    std::vector<std::thread> threads;
    for (int i = 0; i < hosts; ++i) {
        threads.emplace_back([&graph, i, rounds] { host(graph, unsigned(i), rounds); });
    }
    for (std::thread& thread : threads) thread.join();
}

void options(const RandomGraph& graph) {
    useThreads(3);
    {
        Mixer mixer(graph);
        CHECK(mixer.threads() == 1);
        mixer.prepare();
        CHECK(mixer.threads() == 3);
        CHECK(dspc::setSchedulerOptions({}) == dspc::Status::Busy);
    }
    useThreads(1000);
    {
        Mixer mixer(graph);
        mixer.prepare();
        CHECK(mixer.threads() == dspc::kMaxThreads);
    }
    CHECK(dspc::ok(dspc::setSchedulerOptions({})));
}

// Priority is asked for and, where the system refuses, done without.
void realtime(const RandomGraph& graph) {
    dspc::SchedulerOptions wanted;
    wanted.threads = 3;
    wanted.realtime = true;
    wanted.spinMicroseconds = 0;
    CHECK(dspc::ok(dspc::setSchedulerOptions(wanted)));
    dspc::TaskGraph<kMostTasks> tasks;
    CHECK(tasks.realtimeThreads() == 0);
    tasks.prepare();
    CHECK(tasks.threads() == 3);
    CHECK(tasks.realtimeThreads() >= 0 && tasks.realtimeThreads() <= 2);
    host(graph, 1, 2);
}

}  // namespace

int main(int count, char** arguments) {
    CHECK(count > 1);
    const int rounds = std::atoi(arguments[1]);
    const RandomGraph graph(7);
    options(graph);
    realtime(graph);
    for (const bool ownPool : {false, true}) {
        useThreads(3, ownPool);
        crowd(graph, kHosts, rounds);
    }
    useThreads(2);
    crowd(graph, 20, 1 + rounds / 10);
    std::puts("ok");
    return 0;
}
