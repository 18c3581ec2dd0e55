/*
 * Real TCP between two network namespaces, both ends in one thread: traffic SERVER CLIENT ADDRESS PORT MODE COUNT,
 * the first two being files of namespaces. For each line read it does a round of COUNT operations and prints
 * `NANOSECONDS ANSWER`, of the clock on the wall for one operation: a packet's way through the kernel is work that no
 * process is charged for reliably. A round runs ahead of ordinary processes where that is permitted.
 *
 * connect: a connection, a byte there and a byte back, a reset. bulk: 64 KiB along one connection.
 */

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 65536 };

static int server_namespace, client_namespace, listener;
static struct sockaddr_in address;
static char chunk[CHUNK];

static void check(int result, const char *what) {
    if (result < 0) {
        perror(what);
        exit(1);
    }
}

static void enter(int namespace) { check(setns(namespace, CLONE_NEWNET), "setns"); }

static int open_namespace(const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    check(fd, path);
    return fd;
}

static int listen_there(void) {
    enter(server_namespace);
    int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
    check(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on), "SO_REUSEADDR");
    /* The subject before may be on its way out. */
    for (int tries = 0; bind(fd, (struct sockaddr *)&address, sizeof address) < 0; tries++) {
        if (tries == 500) check(-1, "bind");
        usleep(10000);
    }
    check(listen(fd, 128), "listen");
    enter(client_namespace);
    return fd;
}

static void ends(int *client, int *server) {
    int on = 1;
    *client = socket(AF_INET, SOCK_STREAM, 0);
    check(*client, "socket");
    check(connect(*client, (struct sockaddr *)&address, sizeof address), "connect");
    *server = accept(listener, NULL, NULL);
    check(*server, "accept");
    check(setsockopt(*client, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
}

static void one_connection(void) {
    int client, server;
    struct linger reset = {1, 0};
    char byte = 1;
    ends(&client, &server);
    check((int)write(client, &byte, 1), "write");
    check((int)read(server, &byte, 1), "read");
    check((int)write(server, &byte, 1), "write");
    check((int)read(client, &byte, 1), "read");
    check(setsockopt(client, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "SO_LINGER");
    close(client);
    close(server);
}

static void one_chunk(int client, int server) {
    for (size_t sent = 0, received = 0; received < CHUNK;) {
        if (sent < CHUNK) {
            ssize_t written = send(client, chunk, CHUNK - sent, MSG_DONTWAIT);
            if (written > 0) sent += (size_t)written;
        }
        ssize_t got = recv(server, chunk, CHUNK, MSG_DONTWAIT);
        if (got > 0) received += (size_t)got;
    }
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e9 + (double)time.tv_nsec;
}

static void hurry(int is_urgent) {
    struct sched_param first = {is_urgent ? 5 : 0};
    (void)sched_setscheduler(0, is_urgent ? SCHED_FIFO : SCHED_OTHER, &first);
}

int main(int count, char **words) {
    char line[64];
    if (count != 7) return 2;
    server_namespace = open_namespace(words[1]);
    client_namespace = open_namespace(words[2]);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)atoi(words[4]));
    inet_pton(AF_INET, words[3], &address.sin_addr);
    int is_bulk = strcmp(words[5], "bulk") == 0, operations = atoi(words[6]);
    listener = listen_there();
    int client = -1, server = -1;
    while (fgets(line, sizeof line, stdin)) {
        /* A connection that was slowed down once would stay slow: each round has its own. */
        if (is_bulk) ends(&client, &server);
        hurry(1);
        double start = now();
        for (int each = 0; each < operations; each++) {
            if (is_bulk) one_chunk(client, server);
            else one_connection();
        }
        double spent = now() - start;
        hurry(0);
        if (is_bulk) close(client), close(server);
        printf("%.1f %d\n", spent / operations, operations);
        fflush(stdout);
    }
    return 0;
}
