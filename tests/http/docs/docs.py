#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the manual tells to type, as it is written there, against a sample city. Prints TAP."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / 'tests' / 'testlib'))
from city import City, Problem, Service, run_cases   # noqa: E402

ADDRESS = 'http://127.0.0.1:8700'      # as it is written there


def blocks(language, page='api'):
    return re.findall(rf'^```{language}\n(.*?)^```', (ROOT / f'docs/{page}.md').read_text(), re.DOTALL | re.MULTILINE)


def the_walk(city, folder):
    """In one shell, which says the number of the block it begins, so that a failure names it."""
    script = ['set -eu -o pipefail']
    for number, block in enumerate(blocks('sh'), 1):
        script += [f'echo "--- block {number}" >&2', block]
    done = subprocess.run(['bash', '-c', '\n'.join(script).replace(ADDRESS, city.url)], cwd=folder, text=True,
                          capture_output=True, timeout=60)
    assert done.returncode == 0, done.stdout + done.stderr
    number = re.search(r'^Filed as (\S+)$', done.stdout, re.MULTILINE)[1]
    assert '髙﨑 美代子' in done.stdout, 'what the city knows was not told'
    for paper in ('record.pdf', 'certificate.pdf'):
        assert (folder / paper).read_bytes().startswith(b'%PDF-'), paper
    case = city.request('GET', f'/v1/cases/{number}', token=city.staff_token())
    assert case['state'] == 'granted' and case['paidAt'] and case['releasedAt'], case
    visit = (folder / 'visit.json').read_text()
    try:
        city.request('GET', '/v1/me', token=re.search('"token":"([^"]+)"', visit)[1])
        raise AssertionError('the visit was not over')
    except Problem as problem:
        assert problem.status == 401, problem


def the_refusal(city, folder):
    """What a stranger hears looks as it is shown."""
    for block in blocks('console'):
        command, shown = block.replace(ADDRESS, city.url).split('\n', 1)
        said = subprocess.run(['bash', '-c', command.removeprefix('$ ')], text=True, capture_output=True,
                              timeout=30).stdout
        pattern = '.*'.join(re.escape(part) for part in shown.strip().split('…'))
        assert re.fullmatch(pattern, said), (shown, said)


def the_program(city, folder):
    for block in blocks('python'):
        done = subprocess.run(['/usr/bin/python3', '-c', block.replace(ADDRESS, city.url)], text=True,
                              capture_output=True, timeout=30, env=dict(os.environ))
        assert done.returncode == 0 and '住民票の写し' in done.stdout, done.stdout + done.stderr


def run(command, folder, **environment):
    done = subprocess.run([str(word) for word in command], cwd=folder, text=True, capture_output=True, timeout=60,
                          input='a long pass phrase\n', env=dict(os.environ, **environment))
    return done.returncode, done.stdout + done.stderr


def the_key_of_the_service(city, folder):
    """A store whose data key is only systemd's: the script of docs/administer opens it, nothing else does."""
    if not shutil.which('systemd-creds') or os.geteuid() != 0:
        return print('# no systemd-creds here, or not root')
    sealed, store = folder / 'data-key.cred', f'sqlite:{folder / "own.db"}'
    subprocess.run(f'openssl rand -hex 32 | systemd-creds encrypt --name=data-key - {sealed}', shell=True, check=True,
                   stderr=subprocess.DEVNULL)
    opened = folder / 'opened'
    opened.mkdir()
    subprocess.run(['systemd-creds', 'decrypt', '--name=data-key', sealed, opened / 'data-key'], check=True,
                   stderr=subprocess.DEVNULL)
    service = Service(store, dict(city.environment, CREDENTIALS_DIRECTORY=str(opened)))
    service.stop()
    assert (folder / 'own.db').exists() and not (folder / 'own.db.key').exists()

    script = folder / 'mado-with-key'
    script.write_text(next(block for block in blocks('sh', 'administer') if block.startswith('#!'))
                      .replace('/etc/madoguchi/data-key.cred', str(sealed)))
    script.chmod(0o700)
    status, said = run(['mado', 'doctor', store], folder)
    assert status == 1 and 'credential data-key' in said, said
    status, said = run([script, 'staff', 'add', store, 'yamada', '--name', '山田', '--office', 'mado'], folder)
    assert status == 0 and 'may sign in' in said, said
    status, said = run([script, 'backup', store, 'main.archive', 'keys.archive'], folder)
    assert status == 0 and (folder / 'keys.archive').stat().st_size > 0, said
    assert not list(pathlib.Path('/run').glob('mado.*')), 'the key was left lying'


if __name__ == '__main__':
    with City('sqlite') as city:
        sys.exit(run_cases([the_walk, the_refusal, the_program, the_key_of_the_service], city, city.folder))
