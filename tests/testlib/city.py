# SPDX-License-Identifier: GPL-3.0-or-later
"""A real city for tests that drive the programs from outside: a private PostgreSQL, mado-service and plain HTTP.

    with City('sqlite') as city:
        visit = city.open_visit()
"""
import base64
import hmac
import http.client
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import time
import traceback
import uuid

ROOT = pathlib.Path(__file__).resolve().parents[2]
SAMPLE = json.loads((ROOT / 'data/sample/accounts.json').read_text())


def totp(secret, at=None):
    """RFC 6238, SHA-1, 30 s, six digits."""
    counter = struct.pack('>Q', int(at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, 'sha1').digest()
    offset = digest[-1] & 15
    return '%06d' % ((struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7fffffff) % 1000000)


class Problem(Exception):
    def __init__(self, status, body, headers=()):
        super().__init__(f'{status} {body}')
        self.status, self.body, self.headers = status, body, {k.lower(): v for k, v in headers}


class Postgres:
    """A cluster on a unix socket, as user postgres when we are root (PostgreSQL refuses root): of its own, or kept."""

    def __init__(self, durable=True, power=None, kept=None):
        self.bin = max(pathlib.Path('/usr/lib/postgresql').glob('*/bin'), key=lambda p: float(p.parent.name))
        self.folder, self.kept = pathlib.Path(kept or tempfile.mkdtemp(prefix='mado-pg-')), kept
        self.durable, self.process = durable, None
        fresh = not (self.folder / 'data').exists()
        self.environment = power.over(self.folder / 'data') if power else {}
        self.as_postgres = []
        if os.geteuid() == 0:
            shutil.chown(self.folder, 'postgres', 'postgres')
            self.as_postgres = ['runuser', '-u', 'postgres', '--']
        if fresh:
            self.run([self.bin / 'initdb', '-D', self.folder / 'data', '-A', 'trust', '-U', 'postgres', '-E', 'UTF8',
                      '--locale=C.UTF-8', '-N'])
        self.start()
        if fresh:
            self.run([self.bin / 'createdb', '-h', self.folder, '-U', 'postgres', 'city'])

    def run(self, command):
        subprocess.run(self.as_postgres + [str(c) for c in command], check=True, cwd='/', stdin=subprocess.DEVNULL,
                       stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def start(self):
        options = ['-c', 'listen_addresses=', '-k', self.folder, '-c', 'max_connections=60']
        if not self.durable:
            options += ['-c', 'fsync=off', '-c', 'full_page_writes=off']
        variables = [f'{k}={v}' for k, v in self.environment.items()]
        command = self.as_postgres + ['env', *variables, self.bin / 'postgres', '-D', self.folder / 'data', *options]
        self.process = subprocess.Popen([str(c) for c in command], cwd='/', stdin=subprocess.DEVNULL,
                                        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            ready = subprocess.run([str(self.bin / 'pg_isready'), '-q', '-h', str(self.folder)])
            if ready.returncode == 0:
                return
            time.sleep(0.05)
        raise RuntimeError('PostgreSQL did not start')

    @property
    def address(self):
        return f'postgresql://postgres@/city?host={self.folder}'

    def season(self):
        """As after weeks of use: log files stand ready to be used again, instead of each being made under load."""
        for statement in ("ALTER SYSTEM SET min_wal_size = '512MB'", 'SELECT pg_reload_conf ()',
                          'CREATE TABLE season AS SELECT repeat (md5 (n::text), 32) FROM generate_series (1, 400000) n',
                          'DROP TABLE season', 'CHECKPOINT'):
            self.run([self.bin / 'psql', '-h', self.folder, '-U', 'postgres', '-c', statement, 'city'])

    def postmaster(self):
        return int((self.folder / 'data' / 'postmaster.pid').read_text().split()[0])

    def kill(self):
        """All of it at once, as a power cut would."""
        postmaster = self.postmaster()
        children = subprocess.run(['pgrep', '-P', str(postmaster)], capture_output=True, text=True).stdout.split()
        for pid in [postmaster, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        (self.folder / 'data' / 'postmaster.pid').unlink(missing_ok=True)

    def stop(self):
        if self.process and self.process.poll() is None:
            try:
                os.kill(self.postmaster(), signal.SIGINT)
                self.process.wait(30)
            except (FileNotFoundError, ProcessLookupError, subprocess.TimeoutExpired):
                self.process.kill()
        if not self.kept:
            shutil.rmtree(self.folder, ignore_errors=True)


class Service:
    """One mado-service process on a free port."""

    def __init__(self, store, environment=None, arguments=()):
        self.store, self.arguments, self.process, self.port = store, list(arguments), None, 0
        self.environment = dict(os.environ, **(environment or {}))
        self.start()

    def start(self):
        command = ['mado-service', '--store', self.store, '--listen', f'127.0.0.1:{self.port}',
                   '--city', str(ROOT / 'data/cities/fujisawa/city.json'), '--sample', *self.arguments]
        self.process = subprocess.Popen(command, env=self.environment, stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.log = []
        for line in self.process.stdout:
            self.log.append(line)
            match = re.search(r'https?://[^ ]*:(\d+)', line)
            if match:
                self.port = int(match[1])
                break
        else:
            raise RuntimeError('mado-service did not start: ' + self.process.stderr.read())
        for stream in (self.process.stdout, self.process.stderr):
            threading.Thread(target=lambda s=stream: self.log.extend(s), daemon=True).start()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def stop(self):
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.process.returncode


class City:
    """A store of the given engine with one service over it, and the acts tests need. Its power may go out."""

    def __init__(self, engine='sqlite', environment=None, durable=True, power=None, arguments=()):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='mado-city-'))
        self.service, self.postgres = None, Postgres(durable, power) if engine == 'postgres' else None
        self.store = self.postgres.address if self.postgres else f'sqlite:{self.folder / "city.db"}'
        self.environment = dict({'XDG_STATE_HOME': str(self.folder), 'HOME': str(self.folder)}, **(environment or {}))
        if power and not self.postgres:
            self.environment.update(power.over(self.folder))
        try:
            self.service = Service(self.store, self.environment, arguments)
        except Exception:
            self.close()
            raise
        self.local = threading.local()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if self.service:
            self.service.stop()
        if self.postgres:
            self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def url(self):
        return f'http://127.0.0.1:{self.service.port}'

    def request(self, method, path, body=None, token=None, key=None, headers=None, port=None, raw=False):
        """The answer's JSON (or bytes); Problem for a refusal, OSError when the line broke."""
        port = port or self.service.port
        head = {'Content-Type': 'application/json', **(headers or {})}
        if token:
            head['Authorization'] = 'Bearer ' + token
        if method != 'GET':
            head['Idempotency-Key'] = key or uuid.uuid4().hex
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=30)
        try:
            connection.request(method, path, json.dumps(body) if body is not None else None, head)
            answer = connection.getresponse()
            data = answer.read()
        except http.client.HTTPException as problem:
            raise ConnectionError(str(problem)) from problem
        finally:
            connection.close()
        if answer.status >= 400:
            raise Problem(answer.status, data.decode(errors='replace'), answer.getheaders())
        self.local.headers = {k.lower(): v for k, v in answer.getheaders()}
        return data if raw else (json.loads(data) if data else None)

    def etag(self):
        return self.local.headers.get('etag')

    def log_in(self, account, password, totp=None):
        body = {'method': 'password', 'account': account, 'password': password}
        if totp:
            body['totp'] = totp
        return self.request('POST', '/v1/sessions', body)['token']

    def staff_token(self, account='clerk'):
        """Of the sample city's staff; supervisors with the digits their secret gives now."""
        person = next(p for p in SAMPLE['staff'] if p['account'] == account)
        digits = totp(person['totpSecret']) if 'totpSecret' in person else None
        return self.log_in(account, person['password'], digits)

    def device_token(self, device='kiosk-1'):
        secret = next(d['secret'] for d in SAMPLE['devices'] if d['id'] == device)
        return self.log_in_device(device, secret)

    def log_in_device(self, device, secret):
        return self.request('POST', '/v1/sessions', {'method': 'device', 'device': device, 'secret': secret})['token']


class Skip(Exception):
    """Says why a case cannot be tried on this machine."""


def run_cases(cases, *world):
    """Each is a function of that world and one line of TAP; gives the exit status."""
    failed = 0
    print(f'1..{len(cases)}', flush=True)
    for number, case in enumerate(cases, 1):
        title = case.__name__.replace('_', ' ')
        try:
            case(*world)
            print(f'ok {number} - {title}', flush=True)
        except Skip as why:
            print(f'ok {number} - {title} # SKIP {why}', flush=True)
        except Exception:
            failed += 1
            print(f'not ok {number} - {title}')
            print('# ' + traceback.format_exc().replace('\n', '\n# '), flush=True)
    return 1 if failed else 0


def skip(reason):
    print(f'1..0 # SKIP {reason}')
    sys.exit(77)


def user_exists(name):
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False
