/*
 * The limit that the index of rules is held against: IPv4 rows by DIR-16-8-8, traffic atoms by flat tables,
 * one cell for both. Reads its tables from a file, decides all packets once a round, and prints the time of
 * one decision with how many were allowed of the first and of all.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static int32_t *entries;
static size_t used, room;

static int32_t reserve(size_t size) {
  if (used + size > room) {
    room = (used + size) * 2;
    entries = realloc(entries, room * sizeof *entries);
    if (!entries) abort();
  }
  used += size;
  return (int32_t)(used - size);
}

static uint32_t *starts;
static int32_t *rows;
static int32_t runs;

static uint64_t end_of(int32_t run) { return run + 1 < runs ? starts[run + 1] : (uint64_t)1 << 32; }

static int32_t add(uint64_t from, int shift, size_t size, int32_t run) {
  int32_t block = reserve(size);
  for (size_t entry = 0; entry < size; entry++) {
    uint64_t first = from + ((uint64_t)entry << shift);
    while (end_of(run) <= first) run++;
    int32_t value = rows[run];
    if (end_of(run) < first + ((uint64_t)1 << shift)) value = ~add(first, shift - 8, 256, run);
    entries[block + entry] = value;
  }
  return block;
}

static void *take(FILE *file, size_t count, size_t size) {
  void *data = malloc(count * size + 1);
  if (!data || fread(data, size, count, file) != count) abort();
  return data;
}

int main(int count, char **arguments) {
  if (count != 2) return 2;
  FILE *file = fopen(arguments[1], "rb");
  if (!file) return 1;
  int32_t *sizes = take(file, 5, sizeof(int32_t));
  int32_t atom_count = sizes[1], cell_count = sizes[2], packets = sizes[3], first = sizes[4];
  runs = sizes[0];
  starts = take(file, runs, 4);
  rows = take(file, runs, 4);
  uint16_t *atoms = take(file, 4 * 65536, 2);
  uint16_t *cells = take(file, cell_count, 2);
  uint32_t *words = take(file, packets, 4);
  uint32_t *keys = take(file, packets, 4);
  fclose(file);
  add(0, 16, 65536, 0);
  char line[64];
  while (fgets(line, sizeof line, stdin)) {
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    int32_t allowed = 0, early = 0;
    for (int32_t packet = 0; packet < packets; packet++) {
      uint32_t word = words[packet];
      int32_t row = entries[word >> 16];
      if (row < 0) {
        row = entries[~row + ((word >> 8) & 255)];
        if (row < 0) row = entries[~row + (word & 255)];
      }
      if (packet == first) early = allowed;
      allowed += cells[row * atom_count + atoms[keys[packet]]] != 0;
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    double nanoseconds = (after.tv_sec - before.tv_sec) * 1e9 + (after.tv_nsec - before.tv_nsec);
    printf("%.3f %d/%d\n", nanoseconds / packets, early, allowed);
    fflush(stdout);
  }
  return 0;
}
