#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""mado-service as a process: how it starts, says so, is watched, and goes; what it says where it cannot. Prints TAP."""
import contextlib
import json
import os
import pathlib
import select
import shutil
import socket
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / 'tests' / 'testlib'))
from city import SAMPLE, City, Problem, Skip, run_cases    # noqa: E402

CERTIFICATE = ROOT / 'tests/unit/client/localhost.pem'    # with its key
CLERK = SAMPLE['staff'][0]


def refusal(city, store, *arguments, **environment):
    """What it says when it does not start."""
    command = ['mado-service', '--store', str(store), '--listen', '127.0.0.1:0',
               '--city', str(ROOT / 'data/cities/fujisawa/city.json'), *arguments]
    done = subprocess.run(command, env=dict(os.environ, **city.environment, **environment), stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, timeout=60)
    assert done.stdout == '', f'it started: {done.stdout}'
    assert done.stderr and all(line.startswith('mado-service: ') for line in done.stderr.splitlines()), done.stderr
    return done.returncode, done.stderr


def accepts(port):
    try:
        socket.create_connection(('127.0.0.1', port), 5).close()
        return True
    except ConnectionRefusedError:
        return False


def ask_to_sign_in(city):
    """A line on which somebody asks for what takes a core some 20 ms, and has not looked at the answer."""
    body = json.dumps({'method': 'password', 'account': CLERK['account'], 'password': CLERK['password']})
    line = socket.create_connection(('127.0.0.1', city.service.port), 30)
    line.sendall(f'POST /v1/sessions HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n'
                 f'Content-Length: {len(body)}\r\n\r\n{body}'.encode())
    return line


def told_to_go_it_answers_first():
    with City('sqlite', arguments=['--limits', '0']) as city:
        lines = [ask_to_sign_in(city) for _ in range(20)]
        answered = []
        while len(answered) < 3:              # so the others were heard
            answered = select.select(lines, [], [], 30)[0]
            time.sleep(0.001)
        city.service.process.terminate()
        heard = [line.makefile('rb').read() for line in lines]
        assert city.service.process.wait(20) == 0
        assert len(answered) < len(lines), 'all were answered before it was told to go'
        unanswered = sum(not answer.startswith(b'HTTP/1.1 201 ') for answer in heard)
        assert unanswered == 0, f'{unanswered} were not answered'
        assert not accepts(city.service.port)
        city.service.start()
        token = json.loads(heard[-1].split(b'\r\n\r\n', 1)[1])['token']
        assert city.request('GET', '/v1/me', token=token)['name'] == CLERK['name'], 'what it answered was not kept'


def idle_connections_do_not_hold_it():
    with City('sqlite') as city:
        with socket.create_connection(('127.0.0.1', city.service.port)) as line:
            city.service.process.terminate()
            started = time.monotonic()
            assert city.service.process.wait(10) == 0
            assert time.monotonic() - started < 3
            assert line.recv(1) == b''


def systemd_hears_of_it():
    with City('sqlite') as city:
        path = city.folder / 'notify'
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as systemd:
            systemd.bind(str(path))
            systemd.settimeout(10)
            city.service.stop()
            city.service.environment.update(NOTIFY_SOCKET=str(path), WATCHDOG_USEC='3000000')
            city.service.start()
            assert systemd.recv(100) == b'READY=1'
            assert city.request('GET', '/v1/health')['status'] == 'ok', 'ready, but nobody answers'
            started = time.monotonic()
            for _ in range(2):
                assert systemd.recv(100) == b'WATCHDOG=1'
            assert time.monotonic() - started < 4, 'the watchdog would have bitten'
            city.service.process.terminate()
            heard = [systemd.recv(100)]
            while heard[-1] == b'WATCHDOG=1':
                heard.append(systemd.recv(100))
            assert heard[-1] == b'STOPPING=1', heard
            assert city.service.process.wait(20) == 0


def the_data_key():
    with City('sqlite') as city:
        city.service.stop()
        database = city.folder / 'city.db'
        key = pathlib.Path(f'{database}.key')
        digits = key.read_text()
        other = ('0' if digits[0] != '0' else '1') + digits[1:]

        for text, hint in [(other, 'another data key'), ('not a key', '64 hexadecimal digits'), ('', 'hexadecimal')]:
            key.write_text(text)
            status, said = refusal(city, f'sqlite:{database}')
            assert status == 1 and hint in said, said
            assert digits.strip()[1:] not in said, 'the key was told'
        key.write_text(digits)
        key.chmod(0o644)
        status, said = refusal(city, f'sqlite:{database}')
        assert status == 1 and f'chmod 600 {key}' in said, said
        key.unlink()
        status, said = refusal(city, f'sqlite:{database}')
        assert status == 1 and str(key) in said and 'backup' in said, said
        assert not key.exists(), 'a new key was made for an old store'

        credentials = city.folder / 'credentials'
        credentials.mkdir()
        (credentials / 'data-key').write_text(digits)
        city.service.environment['CREDENTIALS_DIRECTORY'] = str(credentials)
        city.service.start()
        assert city.request('GET', '/v1/health')['status'] == 'ok'


def a_mistyped_store_is_no_new_city():
    with City('sqlite') as city:
        city.service.stop()
        mistyped = city.folder / 'ciyt.db'
        status, said = refusal(city, f'sqlite:{mistyped}')
        assert status == 1 and str(mistyped) in said and '--create' in said, said
        assert not list(city.folder.glob('ciyt*')), 'something was made all the same'
        status, said = refusal(city, f'sqlite:{mistyped}', '--create', '--tls-certificate', '/nowhere.pem', '--tls-key',
                               '/nowhere.pem')
        assert mistyped.exists() and 'certificate' in said, said


def where_it_cannot_listen():
    with City('sqlite') as city:
        store = f'sqlite:{city.folder / "second.db"}'
        for listen, code, hint in [(f'127.0.0.1:{city.service.port}', 1, f'127.0.0.1:{city.service.port}'),
                                   ('nowhere', 2, '127.0.0.1:8700'), ('0.0.0.0:0', 2, '--tls-certificate')]:
            status, said = refusal(city, store, '--create', '--listen', listen)
            assert status == code and hint in said, (status, said)
        assert 'in use' in refusal(city, store, '--create', '--listen', f'127.0.0.1:{city.service.port}')[1]


def stores_it_cannot_open():
    with City('sqlite') as city:
        city.service.stop()
        database = city.folder / 'city.db'
        with contextlib.closing(sqlite3.connect(database)) as store:
            newest = store.execute('SELECT max(number) FROM schema_migration').fetchone()[0]
            store.execute('UPDATE schema_migration SET number = 9999 WHERE number = ?', [newest])
            store.commit()
            before = list(store.iterdump())
        status, said = refusal(city, f'sqlite:{database}')
        assert status == 1 and '9999' in said and 'newer program' in said, said
        with contextlib.closing(sqlite3.connect(database)) as store:
            assert list(store.iterdump()) == before, 'it was changed all the same'

        (city.folder / 'text.db').write_text('This is no database. ' * 100)
        (city.folder / 'data-key').write_bytes(b'k' * 32)
        for store, hint in [(f'sqlite:{city.folder / "text.db"}', 'not a database'),
                            ('postgresql://nobody@/none?host=/nowhere', 'cannot be reached')]:
            status, said = refusal(city, store, CREDENTIALS_DIRECTORY=str(city.folder))
            assert status == 1 and hint in said, (store, said)
            status, said = refusal(city, store)
            assert status == 1 and 'key' in said, (store, said)
        for store, hint in [('mysql://here', 'sqlite:PATH'), (str(city.folder / 'new.db'), 'sqlite:PATH'),
                            (f'sqlite:{city.folder}/no/such/city.db', f'{city.folder}/no/such;')]:
            status, said = refusal(city, store, '--create')
            assert status == 1 and hint in said, (store, said)
        assert not (city.folder / 'no').exists(), 'a mistyped folder was made'


@contextlib.contextmanager
def small_disk(folder, mebibytes):
    """A file system of its own that fills up."""
    folder.mkdir(mode=0o777)
    if os.geteuid() != 0 or subprocess.run(
            ['mount', '-t', 'tmpfs', '-o', f'size={mebibytes}m,mode=777', 'none', str(folder)],
            stderr=subprocess.DEVNULL).returncode != 0:
        raise Skip('no file system may be mounted here: only the simulated disk of store/faults is tried')
    try:
        yield folder
    finally:
        subprocess.run(['umount', '-l', str(folder)], check=True)


def fill(folder):
    with contextlib.suppress(OSError), open(folder / 'filler', 'wb', buffering=0) as filler:
        while True:
            filler.write(b'f' * 4096)


def problem_of(city, *request, **more):
    try:
        return 200, city.request(*request, **more)
    except Problem as problem:
        assert problem.status != 503 or int(problem.headers['retry-after']) > 0, 'it does not say when to come again'
        return problem.status, json.loads(problem.body)


def wait_for_health(city, wanted):
    until = time.monotonic() + 20
    while (heard := problem_of(city, 'GET', '/v1/health'))[0] != wanted:
        assert time.monotonic() < until, heard
        time.sleep(0.1)
    return heard[1]


def walk_over_a_full_disk(city, disk):
    """Until it is full everything is kept, then nothing is changed and it says why, then it goes on as before."""
    device, visits, refusals = city.device_token(), [], []
    visits.append(city.request('POST', '/v1/visits', {'language': 'ja'}, token=device))
    fill(disk)
    until = time.monotonic() + 60
    while len(refusals) < 5:
        assert time.monotonic() < until, 'it never ran full'
        key = f'full-disk-{len(visits)}-{len(refusals)}'
        status, heard = problem_of(city, 'POST', '/v1/visits', {'language': 'ja'}, token=device, key=key)
        if status == 200:
            visits.append(heard)
        else:
            refusals.append((key, status, heard))
    for _, status, heard in refusals:
        assert status == 503 and heard['type'] == 'urn:madoguchi:problem:store-full', heard
        assert 'room' in heard['detail'], heard
    assert wait_for_health(city, 503)['type'] == 'urn:madoguchi:problem:store-full'
    time.sleep(6)      # the trouble is no news any more, and lasts
    assert problem_of(city, 'GET', '/v1/health')[0] == 503, 'well again, and nothing has changed'
    assert city.request('GET', f'/v1/visits/{visits[-1]["id"]}', token=visits[-1]['token'])['state'] == 'open'
    (disk / 'filler').unlink()
    wait_for_health(city, 200)
    visits += [city.request('POST', '/v1/visits', {'language': 'ja'}, token=device, key=key) for key, _, _ in refusals]
    return {visit['id'] for visit in visits}


def check_nothing_is_half_done(city, ids):
    auditor, begun, after = city.staff_token('auditor'), [], 0
    while page := city.request('GET', f'/v1/journal?limit=1000&after={after}', token=auditor)['items']:
        begun += [entry['subject'] for entry in page if entry['action'] == 'visit.started']
        after = page[-1]['position']
    assert sorted(begun) == sorted(f'visit/{i}' for i in ids), f'{len(begun)} in the journal, {len(ids)} answered'
    assert city.request('GET', '/v1/journal/verification', token=auditor)['whole']


def a_full_disk_under_sqlite():
    with City('sqlite', arguments=['--limits', '0']) as city, small_disk(city.folder / 'small', 8) as disk:
        city.service.stop()
        city.service.store = f'sqlite:{disk / "city.db"}'
        city.service.start()
        check_nothing_is_half_done(city, walk_over_a_full_disk(city, disk))
        city.service.stop()


def a_full_disk_under_postgresql():
    """The tables on the small disk, the log on another: what PostgreSQL does when its log has no room is its own."""
    with City('postgres', arguments=['--limits', '0']) as city, small_disk(city.postgres.folder / 'small', 48) as disk:
        psql = [city.postgres.bin / 'psql', '-q', '-h', city.postgres.folder, '-U', 'postgres', '-d', 'postgres', '-c']
        city.service.stop()
        shutil.chown(disk, 'postgres', 'postgres')
        city.postgres.run([*psql, f"CREATE TABLESPACE small LOCATION '{disk}'"])
        city.postgres.run([*psql, 'ALTER DATABASE city SET TABLESPACE small'])
        city.service.start()
        check_nothing_is_half_done(city, walk_over_a_full_disk(city, disk))
        city.service.stop()
        city.postgres.stop()


def a_locked_database():
    """Another program holds it: nothing can be changed, it says so, and goes on when it is let go."""
    with City('sqlite', arguments=['--limits', '0']) as city:
        device, visit = city.device_token(), {'language': 'ja'}
        with contextlib.closing(sqlite3.connect(city.folder / 'city.db', isolation_level=None, timeout=30)) as holder:
            holder.execute('BEGIN IMMEDIATE')
            status, heard = problem_of(city, 'POST', '/v1/visits', visit, token=device, key='while-it-is-held')
            assert status == 503 and heard['type'] == 'urn:madoguchi:problem:store-busy', heard
            assert wait_for_health(city, 503)['type'] == 'urn:madoguchi:problem:store-busy'
            assert city.request('GET', '/v1/procedures')['items']
            holder.execute('ROLLBACK')
        begun = city.request('POST', '/v1/visits', visit, token=device, key='while-it-is-held')
        assert wait_for_health(city, 200)['status'] == 'ok'
        check_nothing_is_half_done(city, {begun['id']})


def cities_it_cannot_read():
    with City('sqlite') as city:
        file = city.folder / 'city.json'
        for text, hint in [('{}', '/offices: '), ('{"id": 7}', '/id: '), ('{', str(file)), ('[]', str(file))]:
            file.write_text(text)
            status, said = refusal(city, city.store, '--city', str(file))
            assert status == 1 and hint in said, said
            assert all(line.count(str(file)) == 1 for line in said.splitlines()), said
        status, said = refusal(city, city.store, '--city', '/nope')
        assert status == 1 and '/nope' in said, said


def files_are_its_own():
    previous = os.umask(0)
    try:
        with City('sqlite') as city:
            city.log_in(CLERK['account'], CLERK['password'])
            open_to_others = {path.name: oct(path.stat().st_mode & 0o777) for path in city.folder.glob('city.db*')
                              if path.stat().st_mode & 0o077}
            assert (city.folder / 'city.db-wal').exists()
            assert not open_to_others, open_to_others
    finally:
        os.umask(previous)


def tls():
    arguments = ['--tls-certificate', str(CERTIFICATE), '--tls-key', str(CERTIFICATE)]
    with City('sqlite', arguments=arguments) as city:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE    # it is compared instead
        with socket.create_connection(('127.0.0.1', city.service.port)) as line, \
                context.wrap_socket(line, server_hostname='localhost') as secure:
            ours = ssl.PEM_cert_to_DER_cert(CERTIFICATE.read_text()[:CERTIFICATE.read_text().index('-----END C') + 25])
            assert secure.getpeercert(binary_form=True) == ours
            assert secure.version() in ('TLSv1.2', 'TLSv1.3'), secure.version()
            secure.sendall(b'GET /v1/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
            heard = secure.makefile('rb').read()
            assert heard.startswith(b'HTTP/1.1 200 ') and b'Strict-Transport-Security' in heard, heard
        store = f'sqlite:{city.folder / "second.db"}'
        assert refusal(city, store, '--tls-certificate', str(CERTIFICATE))[0] == 2
        nowhere = ['--tls-certificate', '/nowhere.pem', '--tls-key', '/nowhere.pem']
        status, said = refusal(city, store, '--create', *nowhere)
        assert status == 1 and 'certificate' in said, said


def free_port():
    with socket.create_server(('127.0.0.1', 0)) as line:
        return line.getsockname()[1]


def run_sample(folder, port):
    """`./bootstrap run --service`, once it serves."""
    environment = dict(os.environ, XDG_STATE_HOME=str(folder), MADO_PORT=str(port))
    running = subprocess.Popen([ROOT / 'data/run-city', '--service'], env=environment, stdin=subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert any('is up' in line for line in running.stdout), 'it did not start'
    return running


def two_sample_cities():
    """Each has its own records and the keys of its own devices; the second leaves those of the first as they are."""
    with tempfile.TemporaryDirectory(prefix='mado-run-') as folder, contextlib.ExitStack() as stop:
        ports, running = [], []
        for _ in range(2):
            ports.append(free_port())
            running.append(run_sample(folder, ports[-1]))
            stop.callback(running[-1].terminate)
        kept = {path.read_text().splitlines()[0] for path in pathlib.Path(folder).rglob('sample.keys')}
        assert kept == {f'[http://127.0.0.1:{port}]' for port in ports}, kept
        stores = sorted(path.parent.name for path in pathlib.Path(folder).rglob('city.db'))
        assert stores == sorted(map(str, ports)), stores
        for one in running:
            one.terminate()
            assert one.wait(20) == 0 and one.stdout.read() is not None


if __name__ == '__main__':
    sys.exit(run_cases([told_to_go_it_answers_first, idle_connections_do_not_hold_it, systemd_hears_of_it, the_data_key,
                        a_mistyped_store_is_no_new_city, where_it_cannot_listen, stores_it_cannot_open,
                        cities_it_cannot_read, a_locked_database,
                        a_full_disk_under_sqlite, a_full_disk_under_postgresql, files_are_its_own, tls,
                        two_sample_cities]))
