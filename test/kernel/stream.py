"""
Datagrams and segments that are numbered, and counted where they arrive, until standard input ends.

`stream.py serve` answers at its ports and says at the end what came; `stream.py call ADDRESS` sends: along one TCP
connection and one UDP flow, by a new connection and new flows each round, and to ports that nobody may reach. What
happened is one line of JSON. Ports are in PORTS, for both.
"""

import collections
import json
import os
import resource
import select
import socket
import struct
import sys
import time

PORTS = {'flow': 5000, 'list': 5001, 'group': 5002, 'forbidden': 5009}
TCP_PORTS = {'stream': 6000, 'forbidden': 6009}
ROUND = 0.004
#: Longer than a packet takes on the busiest machine, and than TCP's first retransmission.
PATIENCE = 3.0
SO_RCVBUFFORCE = 33


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    os.set_blocking(0, False)
    report = serve() if sys.argv[1] == 'serve' else Caller(sys.argv[2]).run()
    print(json.dumps(report), flush=True)


def has_ended():
    try:
        return os.read(0, 4096) == b''
    except BlockingIOError:
        return False


def serve():
    poll = select.epoll()
    udp, listeners, streams = {}, {}, {}
    for name, port in PORTS.items():
        end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        enlarge(end)
        end.bind(('0.0.0.0', port))
        end.setblocking(False)
        udp[end.fileno()] = (name, end)
    for name, port in TCP_PORTS.items():
        listener = socket.create_server(('0.0.0.0', port), backlog=4096)
        listener.setblocking(False)
        listeners[listener.fileno()] = (name, listener)
    for fd in [*udp, *listeners]:
        poll.register(fd, select.EPOLLIN)
    arrived = {name: collections.Counter() for name in PORTS}
    accepted, received = collections.Counter(), collections.Counter()
    print('ready', flush=True)
    while not has_ended():
        for fd, _ in poll.poll(0.05):
            if fd in udp:
                name, end = udp[fd]
                echo(end, arrived[name])
            elif fd in listeners:
                name, listener = listeners[fd]
                stream, _ = listener.accept()
                stream.setblocking(False)
                accepted[name] += 1
                streams[stream.fileno()] = stream
                poll.register(stream.fileno(), select.EPOLLIN)
            else:
                answer(poll, streams, fd, received)
    return {
        'arrived': {name: len(numbers) for name, numbers in arrived.items()},
        'accepted': accepted,
        'bytes': received['bytes'],
    }


def enlarge(end):
    for option in (SO_RCVBUFFORCE, socket.SO_RCVBUF):
        try:
            return end.setsockopt(socket.SOL_SOCKET, option, 16 << 20)
        except PermissionError:
            pass


def echo(end, numbers):
    try:
        while True:
            data, peer = end.recvfrom(64)
            numbers[struct.unpack('!I', data)[0]] += 1
            end.sendto(data, peer)
    except BlockingIOError:
        pass


def answer(poll, streams, fd, received):
    data = b''
    try:
        data = streams[fd].recv(65536)
    except (BlockingIOError, ConnectionError):
        pass
    if data:
        received['bytes'] += len(data)
        streams[fd].send(data)
    else:
        poll.unregister(fd)
        streams.pop(fd).close()


class Caller:
    def __init__(self, address):
        self.address = address
        self.sent, self.answered = collections.Counter(), collections.Counter()
        self.waiting = {}
        self.poll = select.epoll()
        self.flow = self.udp_socket()
        self.connection = socket.create_connection((address, TCP_PORTS['stream']))
        self.connection.setblocking(False)
        self.poll.register(self.connection.fileno(), select.EPOLLIN)
        self.retransmitted = 0

    def run(self):
        print('ready', flush=True)
        number = 0
        while not has_ended():
            number += 1
            self.one_round(number)
            self.listen(ROUND)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.listen(0.05)
        return {
            'sent': self.sent,
            'answered': self.answered,
            'retransmitted': self.retransmitted + retransmissions(self.connection),
        }

    def one_round(self, number):
        data = struct.pack('!I', number)
        self.send(self.flow, 'flow', data)
        for name in ('list', 'group', 'forbidden'):
            end = self.udp_socket()
            self.waiting[end.fileno()] = (name, end, time.monotonic())
            self.send(end, name, data)
        self.sent['bytes'] += self.connection.send(data * 32)
        if number % 5 == 0:
            self.connect('stream')
            self.connect('forbidden')

    def udp_socket(self):
        end = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        end.setblocking(False)
        self.poll.register(end.fileno(), select.EPOLLIN)
        return end

    def send(self, end, name, data):
        end.sendto(data, (self.address, PORTS[name]))
        self.sent[name] += 1

    def connect(self, name):
        end = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        end.setblocking(False)
        end.connect_ex((self.address, TCP_PORTS[name]))
        self.sent[f'connect {name}'] += 1
        self.waiting[end.fileno()] = (f'connect {name}', end, time.monotonic())
        self.poll.register(end.fileno(), select.EPOLLOUT)

    def listen(self, seconds):
        until = time.monotonic() + seconds
        while True:
            left = until - time.monotonic()
            for fd, _ in self.poll.poll(max(0, left)):
                self.hear(fd)
            if left <= 0:
                break
        self.give_up()

    def hear(self, fd):
        if fd == self.flow.fileno():
            self.flow.recv(64)
            self.answered['flow'] += 1
        elif fd == self.connection.fileno():
            self.answered['bytes'] += len(self.connection.recv(65536))
        elif fd in self.waiting:
            name, end, _ = self.waiting.pop(fd)
            if not name.startswith('connect'):
                end.recv(64)
                self.answered[name] += 1
            elif end.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0:
                self.answered[name] += 1
                self.retransmitted += retransmissions(end)
            self.close(end)

    def give_up(self):
        oldest = time.monotonic() - PATIENCE
        for fd, (_, end, since) in list(self.waiting.items()):
            if since > oldest:
                break
            del self.waiting[fd]
            self.close(end)

    def close(self, end):
        self.poll.unregister(end.fileno())
        end.close()


def retransmissions(end):
    """tcpi_total_retrans."""
    return struct.unpack_from('I', end.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 192), 100)[0]


main()
