// One that puts and takes, and three that steal: each number that was put comes out once, with what it
// stands for. For a `Tasks` of up to `kItems` numbers, with put, take, steal and looksEmpty.
//   PROGRAM ROUNDS
#ifndef TAKEN_ONCE_H
#define TAKEN_ONCE_H

#include "check.h"

#include <atomic>
#include <thread>
#include <vector>

namespace {

constexpr int kThieves = 3;

struct Item {
    int payload = 0;  // written before it is put, read by whoever gets it
    std::atomic<int> taken{0};
};

Tasks tasks;
Item items[kItems];
std::atomic<long> left{0};
std::atomic<bool> done{false};

void use(int number, long& sum) {
    Item& item = items[number];
    CHECK(item.payload != 0);
    sum += item.payload;
    item.payload = 0;
    CHECK(item.taken.fetch_add(1, std::memory_order_relaxed) == 0);
    left.fetch_sub(1, std::memory_order_release);
}

void thief() {
    long sum = 0;
    while (!done.load(std::memory_order_acquire)) {
        const int number = tasks.steal();
        if (number >= 0) use(number, sum);
        else std::this_thread::yield();
    }
}

}  // namespace

int main(int count, char** arguments) {
    CHECK(count > 1);
    const int rounds = std::atoi(arguments[1]);
    std::vector<std::thread> thieves;
    for (int i = 0; i < kThieves; ++i) thieves.emplace_back(thief);
    long sum = 0;
    for (int round = 0; round < rounds; ++round) {
        const int given = 1 + round % kItems;
        left.store(given, std::memory_order_relaxed);
        for (int number = 0; number < given; ++number) {
            items[number].payload = round + 1;
            items[number].taken.store(0, std::memory_order_relaxed);
            tasks.put(number);
            if (number % 3 == 2) {
                const int got = tasks.take();
                if (got >= 0) use(got, sum);
            }
        }
        for (int got = 0; got >= 0;) {
            got = tasks.take();
            if (got >= 0) use(got, sum);
        }
        while (left.load(std::memory_order_acquire) > 0) std::this_thread::yield();
        CHECK(tasks.take() == -1 && tasks.looksEmpty());
    }
    done.store(true, std::memory_order_release);
    for (std::thread& thread : thieves) thread.join();
    std::puts("ok");
    return 0;
}

#endif  // TAKEN_ONCE_H
