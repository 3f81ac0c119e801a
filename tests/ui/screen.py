# SPDX-License-Identifier: GPL-3.0-or-later
"""A screen without a monitor, and a finger on it: Xvfb, a session bus, AT-SPI to find things, XTEST to touch them.

    with Screen(1080, 1920) as screen:
        kiosk = screen.start(['mado-kiosk', '--service', url])
        screen.press('手続き')
        screen.type('2510054')
        screen.picture('out.png')

What is pressed must be on the screen, showing and under the pointer: no signal is ever emitted.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time

WAIT = float(os.environ.get('MADO_UI_WAIT', '40'))    # a loaded machine is slow, and still right


class NotThere(AssertionError):
    pass


def until(condition, what, wait=WAIT):
    """The first true value of @condition; looks again and again, as a person waits for a screen."""
    end = time.monotonic() + wait
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() >= end:
            raise NotThere(what() if callable(what) else what)
        time.sleep(0.05)


class Screen:
    def __init__(self, width=1080, height=1920, language='ja_JP.UTF-8'):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='mado-ui-'))
        self.size = (width, height)
        self.processes = []
        self.pressed = {}       # where it was, by what was asked for
        runtime = self.folder / 'run'
        runtime.mkdir(mode=0o700)
        (self.folder / 'tmp').mkdir()
        self.log = self.folder / 'programs.log'
        outer = ('WAYLAND_DISPLAY', 'DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'AT_SPI_BUS_ADDRESS')
        self.environment = {k: v for k, v in os.environ.items() if k not in outer}
        self.environment.update({
            'HOME': str(self.folder), 'TMPDIR': str(self.folder / 'tmp'), 'XDG_RUNTIME_DIR': str(runtime),
            'XDG_CACHE_HOME': str(self.folder / 'cache'),
            'XDG_STATE_HOME': str(self.folder / 'state'), 'XDG_CONFIG_HOME': str(self.folder / 'config'),
            'GDK_BACKEND': 'x11', 'GSK_RENDERER': 'cairo', 'GDK_DEBUG': 'gl-disable', 'GSETTINGS_BACKEND': 'memory',
            'LANG': 'C.UTF-8', 'LANGUAGE': language.split('.')[0], 'NO_AT_BRIDGE': '0', 'GTK_A11Y': 'atspi'})

    def __enter__(self):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))      # a runner out of patience: leave no server behind
        read, write = os.pipe()
        self.spawn(['Xvfb', '-displayfd', str(write), '-screen', '0', '%dx%dx24' % self.size, '-nolisten', 'tcp',
                    '-noreset'], pass_fds=[write])
        os.close(write)
        with os.fdopen(read) as numbers:
            self.environment['DISPLAY'] = ':' + numbers.readline().strip()
        bus = self.spawn(['dbus-daemon', '--session', '--nofork', '--print-address=1'], stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True)
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = bus.stdout.readline().strip()
        ours = ('DISPLAY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'HOME')
        os.environ.update({k: self.environment[k] for k in ours})
        self.tree = Tree(self)
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            if process.poll() is None:
                process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def spawn(self, command, **how):
        process = subprocess.Popen([str(c) for c in command], env=self.environment, stdin=subprocess.DEVNULL, **how)
        self.processes.append(process)
        return process

    def start(self, command, **environment):
        """A program on this screen; what it says is kept beside the rest of what it leaves."""
        self.environment.update(environment)
        with self.log.open('a') as log:
            return self.spawn(command, stdout=log, stderr=log)

    # --- a finger and a keyboard --------------------------------------------------------------------------------

    def xdotool(self, *words):
        subprocess.run(['xdotool', *map(str, words)], env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def touch(self, x, y):
        self.xdotool('mousemove', int(x), int(y), 'mousedown', 1)
        time.sleep(0.03)
        self.xdotool('mouseup', 1)

    def press(self, name, role=None, wait=WAIT, nth=0):
        """Touches the middle of what bears this name (or begins with it), once it is there and stands still."""
        end = time.monotonic() + wait
        before = self.pressed.get((name, role, nth))
        place = None
        while place is None or place != before or min(place[2:]) <= 0:
            widget = self.tree.find(name, role, max(0, end - time.monotonic()), nth)
            place = self.tree.extents(widget)
            if place != before:
                before = place
                time.sleep(0.15)        # unasked, so that it finds the time to lay itself out
                place = self.tree.extents(widget)
        self.pressed[name, role, nth] = place
        self.touch(place[0] + place[2] / 2, place[1] + place[3] / 2)
        return widget

    def press_node(self, node):
        """The same of what was found already, once it stands still."""
        before = None
        while (place := self.tree.extents(node)) != before:
            before = place
            time.sleep(0.15)
        self.touch(place[0] + place[2] / 2, place[1] + place[3] / 2)

    def press_all(self, names):
        """Buttons that stay where they are, one after the other: keys of a keyboard, the last that bear a name."""
        places = {name: place for name, role, node in self.tree.showing() if name in names and 'button' in role
                  if self.is_inside(place := self.tree.extents(node))}
        for name in names:
            time.sleep(0.1)                     # as a finger: the same key sooner is taken for a tremble
            if name in places:
                x, y, width, height = places[name]
                self.touch(x + width / 2, y + height / 2)
            else:
                self.press(name, 'button', nth=-1)

    def is_inside(self, place):
        x, y, width, height = place
        return width > 0 and height > 0 and 0 <= x < self.size[0] and 0 <= y < self.size[1]

    def press_field(self, label):
        """Touches a field and waits until it is the one typed into."""
        field = self.press(label, 'text')
        until(lambda: self.tree.is_focused(field), f'{label!r} does not take what is typed')

    def type(self, text):
        self.xdotool('type', '--delay', 12, text)

    def key(self, *keys):
        self.xdotool('key', *keys)

    # --- looking ------------------------------------------------------------------------------------------------

    def see(self, name, role=None, wait=WAIT):
        return self.tree.find(name, role, wait)

    def gone(self, name, wait=WAIT):
        until(lambda: not self.shows(name), f'{name!r} is still there', wait)

    def shows(self, name, role=None):
        return self.tree.find(name, role, 0, raise_missing=False) is not None

    def words(self):
        """Everything that can be read on the screen now, in the order of the tree."""
        return [name for name, _, _ in self.tree.showing()]

    def picture(self, path):
        path = pathlib.Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(['import', '-window', 'root', str(path)], env=self.environment, check=True)
        return path


class Tree:
    """The accessible tree of all programs on the screen, as assistive technology has it."""

    def __init__(self, screen):
        import gi
        gi.require_version('Atspi', '2.0')
        from gi.repository import Atspi
        self.atspi, self.screen = Atspi, screen
        Atspi.init()

    def walk(self, node, depth=0):
        """What is visible below @node. GTK says "showing" of windows alone, so visibility and place decide."""
        if node is None or depth > 60:
            return
        try:
            node.clear_cache()                  # nobody runs a main loop here to keep a cache true
            if depth > 0 and not node.get_state_set().contains(self.atspi.StateType.VISIBLE):
                return                          # asked first: most of a program is pages that are not shown
            name, role = node.get_name() or '', node.get_role_name()
            says_all = name and role.endswith('button')     # what is written on it
            count = 0 if says_all else node.get_child_count()
        except Exception:                       # it went while we looked
            return
        yield name, role, node
        for i in range(count):
            try:
                child = node.get_child_at_index(i)
            except Exception:
                continue
            yield from self.walk(child, depth + 1)

    def showing(self):
        """(name, role, node) of what can be seen now."""
        desktop = self.atspi.get_desktop(0)
        desktop.clear_cache()
        for i in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(i)
            if program is not None:
                program.set_cache_mask(self.atspi.Cache.NONE)
                program.clear_cache()
            yield from self.walk(program)

    def extents(self, node):
        """x, y, width, height; of nothing that has a place: zeros. Windows here fill the screen from its corner."""
        try:
            box = node.get_extents(self.atspi.CoordType.WINDOW)
        except Exception:
            return 0, 0, 0, 0
        return box.x, box.y, box.width, box.height

    def is_focused(self, node):
        node.clear_cache()
        return node.get_state_set().contains(self.atspi.StateType.FOCUSED)

    def find(self, name, role=None, wait=WAIT, nth=0, raise_missing=True):
        end = time.monotonic() + wait
        while True:
            found = self.matches(name, role)
            if len(found) > max(nth, 0):
                return found[nth]
            if time.monotonic() >= end:
                break
            time.sleep(0.08)
        if not raise_missing:
            return None
        seen = ' | '.join(f'{n} ({r})' for n, r, _ in self.showing() if n)[:3000]
        raise NotThere(f'no {name!r} on the screen; there is: {seen}')

    def matches(self, name, role):
        exact, begins = [], []
        for title, kind, node in self.showing():
            if not title.startswith(name) or (role and role not in kind):
                continue
            if not self.screen.is_inside(self.extents(node)):
                continue
            if title == name:
                exact.append(node)
            elif title.startswith(name):
                begins.append(node)
        return exact or begins
