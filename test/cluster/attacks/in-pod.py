"""Tries pieces of code, given as JSON, and prints what became of each: "done", or the error."""

import ctypes, fcntl, json, os, socket, ssl, struct, subprocess, sys, tempfile, time, urllib.request

libc = ctypes.CDLL(None, use_errno=True)
node = sys.argv[1]
api = 'https://' + os.environ['KUBERNETES_SERVICE_HOST'] + ':' + os.environ['KUBERNETES_SERVICE_PORT']


def system(name, *arguments):
    if getattr(libc, name)(*arguments) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def token():
    if 'TOKEN' in os.environ:
        return os.environ['TOKEN']
    with open('/var/run/secrets/kubernetes.io/serviceaccount/token') as file:
        return file.read()


def new_file():
    return tempfile.mkstemp()[1]


def has_status(field, value):
    with open('/proc/self/status') as file:
        found = dict(line.split(':', 1) for line in file)[field].strip()
    if found != value:
        raise PermissionError(f'{field} is {found}')


def process(name):
    for pid in filter(str.isdigit, os.listdir('/proc')):
        with open(f'/proc/{pid}/comm') as file:
            if file.read().strip() == name:
                return pid
    raise ProcessLookupError('no process of that name')


def fetch(url, bearer=None, data=None):
    headers = {} if bearer is None else {'Authorization': 'Bearer ' + bearer}
    context = ssl._create_unverified_context() if url.startswith('https') else None
    request = urllib.request.Request(url, data, headers)
    return urllib.request.urlopen(request, context=context, timeout=5).read()


def outcome(code):
    try:
        exec(code)
        return 'done'
    except Exception as error:
        return f'{type(error).__name__}: {error}'


print(json.dumps([outcome(code) for code in json.loads(sys.argv[2])]))
