"""
Real exchanges between two instances: each a question and its answer, by TCP, UDP, ICMP echo and IP protocol 253.

`exchange.py serve` answers until standard input ends, and then says from whom it heard what. `exchange.py call ADDRESS...`
asks each address by each protocol, all at once, and says which ones answered. Both write JSON.
"""

import json
import os
import select
import socket
import struct
import sys
import threading
import time

PORT = 7000
OTHER = 253
#: A question is asked anew until then: the first one may wait for a neighbour's hardware address.
PATIENCE = 4.0
EVERY = 1.0
QUESTION, ANSWER = b'question', b'answer'


def main():
    if sys.argv[1] == 'serve':
        serve()
    else:
        call(sys.argv[2:])


def family_of(address):
    return socket.AF_INET6 if ':' in address else socket.AF_INET


def serve():
    heard = set()
    ends = {}
    for family, any_address in ((socket.AF_INET, '0.0.0.0'), (socket.AF_INET6, '::')):
        listener = socket.create_server((any_address, PORT), family=family, backlog=64)
        udp = socket.socket(family, socket.SOCK_DGRAM)
        if family == socket.AF_INET6:
            udp.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        udp.bind((any_address, PORT))
        raw = socket.socket(family, socket.SOCK_RAW, OTHER)
        ends |= {listener.fileno(): ('tcp', listener), udp.fileno(): ('udp', udp), raw.fileno(): ('other', raw)}
    print('ready', flush=True)
    while True:
        readable, _, _ = select.select([0, *ends], [], [])
        if 0 in readable and os.read(0, 4096) == b'':
            break
        for fd in readable:
            if fd != 0:
                heard.add(answer(*ends[fd]))
    print(json.dumps(sorted(heard - {None})), flush=True)


def answer(protocol, end):
    if protocol == 'tcp':
        connection, peer = end.accept()
        threading.Thread(target=answer_stream, args=(connection,), daemon=True).start()
        return f'{protocol} {peer[0]}'
    data, peer = end.recvfrom(2048)
    if not data.endswith(QUESTION):
        return None
    end.sendto(ANSWER, peer if protocol == 'udp' else (peer[0], 0))
    return f'{protocol} {peer[0]}'


def answer_stream(connection):
    try:
        connection.settimeout(PATIENCE)
        if connection.recv(64) == QUESTION:
            connection.sendall(ANSWER)
        connection.close()
    except OSError:
        pass


def call(addresses):
    asks = {'tcp': ask_tcp, 'udp': ask_udp, 'icmp': ask_echo, 'other': ask_other}
    answered = []

    def run(protocol, address):
        if asks[protocol](address):
            answered.append(f'{protocol} {address}')

    threads = [threading.Thread(target=run, args=(protocol, address)) for protocol in asks for address in addresses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(sorted(answered)), flush=True)


def ask_tcp(address):
    try:
        with socket.create_connection((address, PORT), PATIENCE) as connection:
            connection.sendall(QUESTION)
            return connection.recv(64) == ANSWER
    except OSError:
        return False


def ask_udp(address):
    end = socket.socket(family_of(address), socket.SOCK_DGRAM)
    end.connect((address, PORT))
    return ask_again(end, lambda: end.send(QUESTION), lambda data, _: data == ANSWER)


def ask_other(address):
    end = socket.socket(family_of(address), socket.SOCK_RAW, OTHER)
    return ask_again(
        end,
        lambda: end.sendto(QUESTION, (address, 0)),
        lambda data, peer: data.endswith(ANSWER) and peer[0] == address,
    )


def ask_echo(address):
    is6 = ':' in address
    request, reply = (128, 129) if is6 else (8, 0)
    protocol = socket.IPPROTO_ICMPV6 if is6 else socket.IPPROTO_ICMP
    end = socket.socket(family_of(address), socket.SOCK_RAW, protocol)
    message = struct.pack('!BBHHH', request, 0, 0, os.getpid() & 0xFFFF, 1) + QUESTION
    if not is6:
        message = message[:2] + struct.pack('!H', checksum(message)) + message[4:]

    def is_reply(data, peer):
        return peer[0] == address and data[0 if is6 else 20] == reply and data.endswith(QUESTION)

    return ask_again(end, lambda: end.sendto(message, (address, 0)), is_reply)


def checksum(message):
    total = sum(struct.unpack(f'!{len(message) // 2}H', message))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF


def ask_again(end, ask, is_answer):
    end.setblocking(False)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            ask()
        except OSError:
            pass  # A refused packet is an error to its own sender.
        until = min(deadline, time.monotonic() + EVERY)
        while time.monotonic() < until:
            readable, _, _ = select.select([end], [], [], max(0, until - time.monotonic()))
            try:
                if readable and is_answer(*end.recvfrom(2048)):
                    return True
            except OSError:
                break
    return False


main()
