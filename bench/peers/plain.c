// W1 and W2 in plain C, as a careful programmer writes them: float, no library but libm, all loops in the open.
//
//     gcc -O3 -march=native -o plain plain.c -lm               the sizes are known when it runs, as in any library
//     gcc -O3 -march=native -DFIXED -o plain-fixed plain.c -lm    the sizes are known to the compiler
//     plain W1
//
// The conversation in lines is the one of pytorch.py: losses K, time N, memory, and an empty line.

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { BATCHES = 4, MOST = 16, MOST_STEPS = 16 };

#ifdef FIXED
enum { inputs = 2, units = 4 };
#else
static int inputs, units;
#endif

static const float rate = 0.1f;

// h_t = tanh(x_t·wx + h_{t-1}·wh + b), ŷ = sigmoid(h_T·wo + bo), loss = (ŷ - y)². The ANN is the case T = 1 without wh.
static int steps;
static float wx[MOST * MOST], wh[MOST * MOST], b[MOST], wo[MOST], bo[1];
static float dwx[MOST * MOST], dwh[MOST * MOST], db[MOST], dwo[MOST], dbo[1];
static float h[(MOST_STEPS + 1) * MOST]; // h[0] stays zero
static float x[MOST_STEPS * MOST], y[1];
static float all_x[BATCHES][MOST_STEPS * MOST], all_y[BATCHES][1];
static int at;

static uint32_t mixed(uint32_t seed, uint32_t i)
{
    uint32_t v = (i + 1) * 2654435761u + seed * 2246822519u;
    v = (v ^ v >> 16) * 0x85EBCA6Bu;
    v = (v ^ v >> 13) * 0xC2B2AE35u;
    return v ^ v >> 16;
}

static void fill(float *values, int count, uint32_t seed, double scale)
{
    for (int i = 0; i < count; i++) values[i] = (float)((mixed(seed, (uint32_t)i) * 0x1p-31 - 1) * scale);
}

static float forward(void)
{
    for (int t = 0; t < steps; t++) {
        const float *xt = x + t * inputs, *before = h + t * units;
        float *now = h + (t + 1) * units;
        for (int j = 0; j < units; j++) now[j] = b[j];
        for (int i = 0; i < inputs; i++)
            for (int j = 0; j < units; j++) now[j] += xt[i] * wx[i * units + j];
        if (t > 0)
            for (int i = 0; i < units; i++)
                for (int j = 0; j < units; j++) now[j] += before[i] * wh[i * units + j];
        for (int j = 0; j < units; j++) now[j] = tanhf(now[j]);
    }
    const float *last = h + steps * units;
    float z = bo[0];
    for (int j = 0; j < units; j++) z += last[j] * wo[j];
    return 1 / (1 + expf(-z));
}

static void backward(float p)
{
    float dz = 2 * (p - y[0]) * p * (1 - p), dh[MOST], da[MOST];
    const float *last = h + steps * units;
    dbo[0] = dz;
    for (int j = 0; j < units; j++) {
        dwo[j] = dz * last[j];
        dh[j] = dz * wo[j];
    }
    for (int i = 0; i < inputs * units; i++) dwx[i] = 0;
    for (int i = 0; i < units * units; i++) dwh[i] = 0;
    for (int j = 0; j < units; j++) db[j] = 0;
    for (int t = steps - 1; t >= 0; t--) {
        const float *xt = x + t * inputs, *before = h + t * units, *now = h + (t + 1) * units;
        for (int j = 0; j < units; j++) {
            da[j] = dh[j] * (1 - now[j] * now[j]);
            db[j] += da[j];
        }
        for (int i = 0; i < inputs; i++)
            for (int j = 0; j < units; j++) dwx[i * units + j] += xt[i] * da[j];
        if (t == 0) break;
        for (int i = 0; i < units; i++) {
            float sum = 0;
            for (int j = 0; j < units; j++) {
                dwh[i * units + j] += before[i] * da[j];
                sum += da[j] * wh[i * units + j];
            }
            dh[i] = sum;
        }
    }
}

static void update(float *w, const float *dw, int count)
{
    for (int i = 0; i < count; i++) w[i] -= rate * dw[i];
}

static float step(void)
{
    memcpy(x, all_x[at % BATCHES], sizeof(float) * (size_t)(steps * inputs));
    y[0] = all_y[at % BATCHES][0];
    at++;
    float p = forward();
    backward(p);
    update(wx, dwx, inputs * units);
    if (steps > 1) update(wh, dwh, units * units);
    update(b, db, units);
    update(wo, dwo, units);
    update(bo, dbo, 1);
    return (p - y[0]) * (p - y[0]);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static long peak_memory(void)
{
    char line[256];
    long kilobytes = 0;
    FILE *status = fopen("/proc/self/status", "r");
    if (!status) return 0;
    while (fgets(line, sizeof line, status)) sscanf(line, "VmHWM: %ld", &kilobytes);
    fclose(status);
    return kilobytes * 1024;
}

int main(int argc, char **argv)
{
    if (argc != 2 || (strcmp(argv[1], "W1") && strcmp(argv[1], "W2"))) {
        fprintf(stderr, "plain.c knows W1 and W2.\n");
        return 2;
    }
#ifndef FIXED
    // Through volatile, so that the compiler cannot know them after all.
    volatile int two = 2, four = 4;
    inputs = two;
    units = four;
#endif
    steps = argv[1][1] == '1' ? 1 : 3;
    uint32_t seed = 0;
    double scale = 1 / sqrt(steps == 1 ? inputs : units);
    fill(wx, inputs * units, ++seed, scale);
    if (steps > 1) fill(wh, units * units, ++seed, scale);
    fill(b, units, ++seed, scale);
    fill(wo, units, ++seed, 1 / sqrt(units));
    fill(bo, 1, ++seed, 1 / sqrt(units));
    for (uint32_t i = 0; i < BATCHES; i++) {
        fill(all_x[i], steps * inputs, 1000 + i, 1);
        fill(all_y[i], 1, 1100 + i, 0.5);
        all_y[i][0] += 0.5f;
    }

    printf("ready\n");
    fflush(stdout);
    char line[64];
    while (fgets(line, sizeof line, stdin) && line[0] != '\n') {
        long count = 0;
        if (sscanf(line, "losses %ld", &count) == 1) {
            printf("losses");
            for (long i = 0; i < count; i++) printf(" %.9g", step());
            printf("\n");
        } else if (sscanf(line, "time %ld", &count) == 1) {
            double start = now();
            for (long i = 0; i < count; i++) step();
            printf("time %.9g\n", now() - start);
        } else if (!strncmp(line, "memory", 6)) {
            printf("memory %ld\n", peak_memory());
        } else {
            fprintf(stderr, "plain.c: losses, time and memory are known; this came: %s", line);
            return 2;
        }
        fflush(stdout);
    }
    return 0;
}
