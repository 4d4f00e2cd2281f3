// Random graphs on 1 to 8 threads beside the same tasks one after the other.
//   scheduler_stress BLOCKS [drop]
#include "random_tasks.h"

#include <cstring>

namespace {

// Blocks of one to four chunks; a shorter one every time something else was decided.
void stress(const RandomGraph& graph, int blocks, unsigned seed) {
    std::mt19937 random(seed);
    Mixer together(graph), alone(graph);
    together.prepare();
    for (int block = 0; block < blocks; ++block) {
        const int chunks = 1 + int(random() % 4);
        together.compute(chunks);
        alone.computeSerially(chunks);
        CHECK(together == alone);
        // Now and then the workers fall asleep.
        if (random() % 4096 == 0) std::this_thread::sleep_for(std::chrono::microseconds(700));
    }
}

}  // namespace

int main(int count, char** arguments) {
    CHECK(count > 1);
    const int blocks = std::atoi(arguments[1]);
    if (count > 2 && std::strcmp(arguments[2], "drop") == 0) {
        useThreads(4);
        stress(RandomGraph(1, true), blocks, 1);
        std::puts("the dropped wait was not seen");
        return 0;
    }
    constexpr int kGraphs = 10;
    for (int threads = 1; threads <= 8; ++threads) {
        useThreads(threads);
        for (unsigned graph = 0; graph < kGraphs; ++graph) {
            const unsigned seed = graph + kGraphs * unsigned(threads);
            stress(RandomGraph(seed), blocks / kGraphs, seed);
        }
    }
    std::puts("ok");
    return 0;
}
