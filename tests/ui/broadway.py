# SPDX-License-Identifier: GPL-3.0-or-later
"""A browser without a browser: speaks Broadway's WebSocket protocol to gtk4-broadwayd, and touches what it shows.

Messages of the server are commands packed little-endian (one byte of command, a serial, arguments); those of
the browser are big-endian words (event, serial, time, arguments). broadway.js, which the daemon serves, defines both.
"""
import base64
import os
import pathlib
import select
import socket
import struct
import time

from screen import until
from traces import descendants

NEW_SURFACE, MOVE_RESIZE, UPLOAD_TEXTURE, SET_NODES, ROUNDTRIP = 2, 8, 13, 15, 16
PLAIN = {0: 3, 1: 0, 3: 2, 4: 2, 5: 2, 6: 2, 7: 2, 9: 4, 10: 0, 12: 2, 14: 4}     # commands of one fixed length
ENTER, TOUCH, CONFIGURE_NOTIFY, SCREEN_SIZE_CHANGED, ROUNDTRIP_NOTIFY = 0, 5, 11, 12, 14
TOUCH_BEGIN, TOUCH_END = 0, 2


def free_port():
    with socket.socket() as probe:
        probe.bind(('127.0.0.1', 0))
        return probe.getsockname()[1]


class Wire:
    """The little of RFC 6455 that is needed here."""

    def __init__(self, port):
        self.socket = socket.create_connection(('127.0.0.1', port), timeout=10)
        key = base64.b64encode(os.urandom(16)).decode()
        self.socket.sendall((f'GET /socket HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\n'
                             f'Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n'
                             f'Sec-WebSocket-Protocol: broadway\r\n\r\n').encode())
        self.buffer = b''
        while b'\r\n\r\n' not in self.buffer:
            self.more()
        head, self.buffer = self.buffer.split(b'\r\n\r\n', 1)
        assert b' 101 ' in head.splitlines()[0], head

    def more(self):
        data = self.socket.recv(1 << 16)
        if not data:
            raise ConnectionError('the daemon hung up')
        self.buffer += data

    def take(self, n):
        while len(self.buffer) < n:
            self.more()
        data, self.buffer = self.buffer[:n], self.buffer[n:]
        return data

    def waiting(self, seconds):
        return bool(self.buffer) or bool(select.select([self.socket], [], [], seconds)[0])

    def receive(self):
        first, length = self.take(2)
        if length == 126:
            length, = struct.unpack('>H', self.take(2))
        elif length == 127:
            length, = struct.unpack('>Q', self.take(8))
        data = self.take(length)
        return data if first & 0x0f == 2 else b''

    def send(self, data):
        mask = os.urandom(4)
        masked = bytes(b ^ mask[i % 4] for i, b in enumerate(data))
        assert len(data) < 126
        self.socket.sendall(bytes([0x82, 0x80 | len(data)]) + mask + masked)


class Glass:
    """A touch screen: @screen's folder, bus and processes, but the picture goes to this browser."""

    def __init__(self, screen):
        self.screen, self.port, self.display = screen, free_port(), f':{os.getpid() % 10000 + 100}'
        self.serial, self.surfaces, self.frames, self.began = 0, {}, 0, time.monotonic()
        self.daemon = screen.start(['gtk4-broadwayd', '--address', '127.0.0.1', '--port', self.port, self.display])
        self.wire = until(self.connect, 'gtk4-broadwayd does not answer')
        self.program, self.greeted = None, False

    def connect(self):
        try:
            return Wire(self.port)
        except ConnectionRefusedError:
            return None

    def start(self, command):
        """A program whose windows are shown here."""
        self.program = self.screen.start(['env', '-u', 'GTK_A11Y', '-u', 'GSK_RENDERER', 'GDK_BACKEND=broadway',
                                          f'BROADWAY_DISPLAY={self.display}', *command])
        return self.program

    def tell(self, event, *arguments):
        moment = int((time.monotonic() - self.began) * 1000)
        self.wire.send(b''.join(struct.pack('>i', int(n)) for n in (event, self.serial, moment, *arguments)))

    def follow(self, data):
        at = 0
        if not self.greeted:
            self.greeted = True
            self.tell(SCREEN_SIZE_CHANGED, *self.screen.size, 1)
        while at < len(data):
            command, self.serial = struct.unpack_from('<BI', data, at)
            at = self.obey(command, data, at + 5)

    def obey(self, command, data, at):
        """One command; where the next begins."""
        if command == NEW_SURFACE:
            surface, *box = struct.unpack_from('<HhhHH', data, at)
            self.configure(surface, box)
            return at + 10
        if command == MOVE_RESIZE:
            return self.move(data, at)
        if command == ROUNDTRIP:
            self.tell(ROUNDTRIP_NOTIFY, *struct.unpack_from('<HI', data, at))
            return at + 6
        if command == UPLOAD_TEXTURE:
            return at + 8 + struct.unpack_from('<I', data, at + 4)[0]
        if command == SET_NODES:
            self.frames += 1
            return at + 6 + 4 * struct.unpack_from('<I', data, at + 2)[0]
        return at + PLAIN[command]

    def move(self, data, at):
        surface, flags = struct.unpack_from('<HB', data, at)
        at, box = at + 3, self.surfaces[surface]
        if flags & 1:
            box[0:2] = struct.unpack_from('<hh', data, at)
            at += 4
        if flags & 2:
            box[2:4] = struct.unpack_from('<HH', data, at)
            at += 4
        self.configure(surface, box)
        return at

    def configure(self, surface, box):
        self.surfaces[surface] = list(box)
        self.tell(CONFIGURE_NOTIFY, surface, *box)

    def settle(self):
        """Until nothing more is drawn, and nobody is about to."""
        while self.wire.waiting(0.2) or self.is_busy():
            while self.wire.waiting(0):
                self.follow(self.wire.receive())

    def is_busy(self):
        for pid in (*descendants(self.program.pid), self.daemon.pid):
            for stat in pathlib.Path(f'/proc/{pid}/task').glob('*/stat'):
                if stat.read_text().rsplit(')', 1)[1].split()[0] in 'RD':
                    return True
        return False

    def window(self):
        """The surface that covers the screen. (nullable)"""
        return next((n for n, box in self.surfaces.items() if tuple(box[2:4]) == self.screen.size), None)

    def touch(self, x, y):
        surface, frames = self.window(), self.frames
        place = [int(x), int(y)] * 2
        self.tell(ENTER, surface, surface, *place, 0, 0)
        self.tell(TOUCH, TOUCH_BEGIN, surface, 1, 1, *place, 0)
        time.sleep(0.03)
        self.tell(TOUCH, TOUCH_END, surface, 1, 1, *place, 0)
        until(lambda: self.settle() or self.frames > frames, f'nothing moves at {place[:2]}')
