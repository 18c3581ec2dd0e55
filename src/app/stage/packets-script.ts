/**
 * The packet tool's program, for Python: Node has no packet sockets. It is given to Python as an argument, so no file
 * has to be found.
 */

export const packetsScript = String.raw`"""
Sends frames into either end of an interface's namespace and says which came out at the other end.

One JSON line asks, one answers. {"open": NAME, "wire": DEVICE, "inside": DEVICE} makes an interface known, with
"near": DEVICE if it has neighbours on a bridge; {"interface": NAME, "send": [[END, [FRAME, ...]], ...], "until":
[INDEX, ...]} sends datagrams in order from these ends, and is answered once each of those in "until" has arrived: by
then every other one has arrived, or never will, because one processor carries all of them in the order in which they
were sent, and all ways have as many links. Frames are base64. Ends with its input.
"""

import base64
import json
import os
import random
import select
import socket
import sys
import time

PATIENCE = 2.0
EVERY_PROTOCOL = 0x0003
SOL_PACKET, PACKET_IGNORE_OUTGOING = 263, 23
ENDS = ('wire', 'near', 'inside')
FAR_ENDS = {'wire': ('inside',), 'near': ('inside',), 'inside': ('wire', 'near')}

interfaces = {}


def main():
    os.sched_setaffinity(0, {random.choice(sorted(os.sched_getaffinity(0)))})
    say({'ready': True})
    for line in sys.stdin:
        request = json.loads(line)
        try:
            say({'answer': answer(request)})
        except (OSError, KeyError) as problem:
            say({'problem': f'{type(problem).__name__}: {problem}'})


def say(value):
    sys.stdout.write(json.dumps(value) + '\n')
    sys.stdout.flush()


def answer(request):
    if 'open' not in request:
        return pass_through(interfaces[request['interface']], request['send'], request['until'])
    interfaces[request['open']] = {end: listen(request[end]) for end in ENDS if end in request}
    return None


def listen(device):
    end = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, 0)
    end.setsockopt(SOL_PACKET, PACKET_IGNORE_OUTGOING, 1)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
    end.bind((device, EVERY_PROTOCOL))
    end.setblocking(False)
    return end


def pass_through(ends, send, until):
    marks = []
    for entrance, frames in send:
        decoded = [base64.b64decode(frame) for frame in frames]
        marks.append(mark_of(decoded[0]))
        for frame in decoded:
            ends[entrance].send(frame)
    awaited = {}
    for index in until:
        awaited.setdefault(FAR_ENDS[send[index][0]], set()).add(marks[index])
    arrived = {far: arrivals([ends[end] for end in far if end in ends], last) for far, last in awaited.items()}
    missing = [' and '.join(far) for far, last in awaited.items() if not last <= arrived[far]]
    if missing:
        raise TimeoutError(f'the sentinel did not arrive: {", ".join(missing)}')
    return [mark in arrived[FAR_ENDS[entrance]] for (entrance, _), mark in zip(send, marks)]


def arrivals(ends, last):
    """The marks of all that came until the last of those awaited."""
    seen = set()
    deadline = time.monotonic() + PATIENCE
    while True:
        for end in ends:
            drain(end, seen)
        left = deadline - time.monotonic()
        if last <= seen or left <= 0:
            break
        select.select(ends, [], [], left)
    for end in ends:
        drain(end, seen)
    return seen


def drain(end, seen):
    try:
        while True:
            seen.add(mark_of(end.recv(65536)))
    except BlockingIOError:
        pass


def mark_of(frame):
    """What a router leaves alone: IPv4 identification, protocol and ends, or IPv6 flow label and ends."""
    if frame[12:14] == b'\x08\x00':
        return frame[18:20] + frame[23:24] + frame[26:34]
    return bytes([frame[15] & 15]) + frame[16:18] + frame[22:54]


main()
`
