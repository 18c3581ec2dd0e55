/*
 * The floor under src/engine/connections: the same index, tags, hash and 32-byte records in C, in two flat arrays.
 * Arguments: flows, hot|uniform, packets a round, seed. For each line read it sends a round of packets of known
 * flows through the table, and prints the processor's nanoseconds a packet and the sum of the records found.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct {
  int32_t words[4];
  double expires_at;
  int32_t state;
  int32_t admission;
} record;

static uint32_t *places;
static uint32_t mask;
static record *records;
static uint32_t turn;

static uint32_t next_random(void) {
  turn ^= turn << 13;
  turn ^= turn >> 17;
  turn ^= turn << 5;
  return turn;
}

static uint32_t hash_of(const int32_t *words) {
  uint32_t hash = (uint32_t)words[0] * 0x9e3779b1u;
  hash = (hash ^ (hash >> 15) ^ (uint32_t)words[1]) * 0x85ebca6bu;
  hash = (hash ^ (hash >> 13) ^ (uint32_t)words[2]) * 0xc2b2ae35u;
  hash = (hash ^ (hash >> 16) ^ (uint32_t)words[3]) * 0x27d4eb2fu;
  hash = (hash ^ (hash >> 15)) * 0x165667b1u;
  return hash ^ (hash >> 16);
}

static int32_t find(const int32_t *words) {
  uint32_t hash = hash_of(words);
  for (uint32_t place = hash & mask;; place = (place + 1) & mask) {
    uint32_t entry = places[place];
    if (entry == 0) return -1;
    if ((entry ^ hash) & 0xff000000u) continue;
    int32_t found = (int32_t)(entry & 0x00ffffffu) - 1;
    if (memcmp(records[found].words, words, sizeof records[found].words) == 0) return found;
  }
}

static void add(int32_t number, const int32_t *words, double expires_at) {
  uint32_t hash = hash_of(words);
  uint32_t place = hash & mask;
  while (places[place] != 0) place = (place + 1) & mask;
  places[place] = (hash & 0xff000000u) | (uint32_t)(number + 1);
  memcpy(records[number].words, words, sizeof records[number].words);
  records[number].expires_at = expires_at;
}

static double processor_nanoseconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

int main(int count, char **arguments) {
  if (count != 5) return 2;
  int32_t flows = atoi(arguments[1]);
  int is_hot = strcmp(arguments[2], "hot") == 0;
  int32_t packets = atoi(arguments[3]);
  turn = (uint32_t)strtoul(arguments[4], NULL, 10);

  uint32_t size = 64;
  while (flows > size * 0.6) size *= 2;
  mask = size - 1;
  places = calloc(size, sizeof *places);
  records = calloc((size_t)flows, sizeof *records);
  int32_t *keys = malloc((size_t)flows * 16);
  int32_t *sequence = malloc((size_t)packets * 4);
  if (!places || !records || !keys || !sequence) return 3;

  const double begin = 1700000000000.0;
  const double idle = 432000000.0;
  for (int32_t flow = 0; flow < flows; flow++) {
    int32_t *key = keys + 4 * (size_t)flow;
    key[0] = (int32_t)next_random();
    key[1] = (int32_t)(0x0a000000u | (next_random() & 0xffffu));
    key[2] = (int32_t)next_random();
    key[3] = (int32_t)((next_random() % 10000u) << 11 | 6u);
    add(flow, key, begin + idle);
  }
  for (int32_t packet = 0; packet < packets; packet++) {
    uint32_t among = is_hot && next_random() % 10 != 0 ? 1000u : (uint32_t)flows;
    sequence[packet] = (int32_t)(next_random() % among);
  }

  char line[16];
  double now = begin;
  while (fgets(line, sizeof line, stdin)) {
    uint32_t sum = 0;
    now += 1;
    double before = processor_nanoseconds();
    for (int32_t packet = 0; packet < packets; packet++) {
      int32_t found = find(keys + 4 * (size_t)sequence[packet]);
      if (found < 0 || now >= records[found].expires_at) continue;
      records[found].expires_at = now + idle;
      sum += (uint32_t)found;
    }
    double taken = processor_nanoseconds() - before;
    printf("%.3f %u\n", taken / packets, sum);
    fflush(stdout);
  }
  return 0;
}
