import { Identity, RefusedBy } from './attack';

/** Something that code inside of a running pod may try: Python, in the Spark container. */
export interface PodAttack {
  readonly identity: Identity;
  readonly tries: string;
  readonly code: string;
  readonly refusal?: { readonly by: RefusedBy; readonly words: string };
  readonly limit?: string;
  /** The same without what is bad about it, which works. */
  readonly harmless?: string;
  /** Tried in a pod that no network policy selects, with the token of the identity: what refuses behind the network. */
  readonly isBehindNetwork?: boolean;
}

const hardening = (words: string): Pick<PodAttack, 'refusal'> => ({ refusal: { by: 'container hardening', words } });
const notThere = (words: string): Pick<PodAttack, 'refusal'> => ({ refusal: { by: 'not there', words } });

/** The network refuses, and the second wall behind it does too. */
const refusedTwice = (attack: Omit<PodAttack, 'refusal'>, words: string): PodAttack[] => [
  { ...attack, refusal: { by: 'network policy', words: 'Connection refused' } },
  {
    ...attack,
    tries: `${attack.tries}, were the network open`,
    refusal: { by: 'RBAC', words },
    harmless: "fetch(f'{api}/version', token())",
    isBehindNetwork: true,
  },
];

const NOT_PERMITTED = 'Operation not permitted';
const NO_FILE = 'No such file or directory';
const PROCESS = "system('getpid')";

/** Code in the driver and the executor of the quickstart. `system` is a call of the C library that raises what fails. */
export const POD_ATTACKS: readonly PodAttack[] = [
  // The image.
  {
    identity: 'driver',
    tries: "put a class of its own among Spark's",
    code: "open('/opt/spark/jars/evil.jar', 'w')",
    ...hardening('Read-only file system'),
    harmless: "open('/tmp/evil.jar', 'w')",
  },
  {
    identity: 'driver',
    tries: 'add itself to the users of the system',
    code: "open('/etc/passwd', 'a')",
    ...hardening('Permission denied'),
    harmless: "open('/etc/passwd')",
  },
  {
    identity: 'driver',
    tries: 'make the root file system writable again',
    code: "system('mount', b'none', b'/', b'none', 0x20, None)",
    ...hardening(NOT_PERMITTED),
    harmless: PROCESS,
  },

  // The kernel of the node.
  {
    identity: 'driver',
    tries: 'become root',
    code: "system('setuid', 0)",
    ...hardening(NOT_PERMITTED),
    harmless: "system('setuid', 185)",
  },
  {
    identity: 'driver',
    tries: 'gain rights by a setuid program',
    code: "has_status('NoNewPrivs', '0')",
    ...hardening('NoNewPrivs is 1'),
    harmless: "has_status('NoNewPrivs', '1')",
  },
  {
    identity: 'driver',
    tries: 'give a program of its own to root',
    code: 'os.chown(new_file(), 0, 0)',
    ...hardening(NOT_PERMITTED),
    harmless: 'os.chown(new_file(), 185, 185)',
  },
  {
    identity: 'driver',
    tries: 'make namespaces of its own, as a way to rights in the kernel',
    code: "system('unshare', 0x10000000)",
    ...hardening(NOT_PERMITTED),
    harmless: PROCESS,
  },
  {
    identity: 'driver',
    tries: 'enter the namespaces of the node',
    code: "system('setns', open('/proc/1/ns/mnt').fileno(), 0)",
    ...hardening(NOT_PERMITTED),
    harmless: "open('/proc/self/ns/mnt')",
  },
  {
    identity: 'driver',
    tries: 'load a module into the kernel',
    code: "system('syscall', 175, None, 0, b'')",
    ...hardening(NOT_PERMITTED),
    harmless: PROCESS,
  },
  {
    identity: 'driver',
    tries: 'load a program into the kernel by bpf',
    code: "system('syscall', 321, 0, None, 0)",
    ...hardening(NOT_PERMITTED),
    harmless: PROCESS,
  },
  {
    identity: 'driver',
    tries: "read other processes' keys from the kernel",
    code: "system('syscall', 250, 0, -3, 0)",
    ...hardening(NOT_PERMITTED),
    harmless: PROCESS,
  },
  {
    identity: 'driver',
    tries: "read the kernel's log",
    code: "system('klogctl', 3, ctypes.create_string_buffer(64), 64)",
    ...hardening(NOT_PERMITTED),
    harmless: PROCESS,
  },
  {
    identity: 'driver',
    tries: "set the node's clock",
    code: 'time.clock_settime(time.CLOCK_REALTIME, 0)',
    ...hardening(NOT_PERMITTED),
    harmless: 'time.clock_gettime(time.CLOCK_REALTIME)',
  },
  {
    identity: 'driver',
    tries: "change the kernel's parameters",
    code: "open('/proc/sys/kernel/core_pattern', 'w')",
    ...hardening('Read-only file system'),
    harmless: "open('/proc/sys/kernel/core_pattern')",
  },
  {
    identity: 'driver',
    tries: 'raise the limits of its container',
    code: "open('/sys/fs/cgroup/memory/memory.limit_in_bytes' if os.path.exists('/sys/fs/cgroup/memory') else '/sys/fs/cgroup/memory.max', 'w')",
    ...hardening('Read-only file system'),
    harmless: "os.listdir('/sys/fs/cgroup')",
  },
  {
    identity: 'driver',
    tries: 'make a device file of a disk of the node',
    code: "os.mknod('/tmp/disk', 0o60600, os.makedev(254, 0))",
    ...hardening(NOT_PERMITTED),
    harmless: "os.mkfifo('/tmp/fifo')",
  },
  {
    identity: 'driver',
    tries: 'listen to the traffic of the node by a raw socket',
    code: 'socket.socket(socket.AF_PACKET, socket.SOCK_RAW)',
    ...hardening(NOT_PERMITTED),
    harmless: 'socket.socket(socket.AF_INET, socket.SOCK_STREAM)',
  },
  {
    identity: 'driver',
    tries: 'take the address of the gateway, by a change of its network card',
    code: "fcntl.ioctl(socket.socket(), 0x8914, struct.pack('16sH14s', b'lo', 0, b''))",
    ...hardening(NOT_PERMITTED),
    harmless: "fcntl.ioctl(socket.socket(), 0x8913, struct.pack('16sH14s', b'lo', 0, b''))",
  },

  // The node.
  {
    identity: 'driver',
    tries: 'see processes that are none of its pod',
    code: "process('kubelet')",
    ...notThere('no process of that name'),
    harmless: "process('java')",
  },
  {
    identity: 'driver',
    tries: "read the tokens of other pods on the kubelet's disk",
    code: "os.listdir('/var/lib/kubelet/pods')",
    ...notThere(NO_FILE),
    harmless: "os.listdir('/var/run/secrets/kubernetes.io/serviceaccount')",
  },
  {
    identity: 'driver',
    tries: "ask the container runtime for a container, by the node's socket",
    code: "socket.socket(socket.AF_UNIX).connect('/run/containerd/containerd.sock')",
    ...notThere(NO_FILE),
  },
  {
    identity: 'driver',
    tries: "read the keys of the cluster on the node's disk",
    code: "os.listdir('/etc/kubernetes')",
    ...notThere(NO_FILE),
    harmless: "os.listdir('/etc')",
  },
  {
    identity: 'driver',
    tries: 'read the memory of the node',
    code: "open('/dev/mem', 'rb')",
    ...notThere(NO_FILE),
    harmless: "open('/dev/null', 'rb')",
  },
  ...refusedTwice(
    {
      identity: 'driver',
      tries: 'ask the kubelet for its pods with the token of its account',
      code: "fetch(f'https://{node}:10250/pods', token())",
      harmless: "fetch(f'{api}/version', token())",
    },
    'HTTP Error 403',
  ),
  ...refusedTwice(
    {
      identity: 'driver',
      tries: 'have the kubelet run a command in the pod of another team',
      code: "fetch(f'https://{node}:10250/run/other/bystander/container', token(), b'cmd=id')",
      harmless: "fetch(f'{api}/version', token())",
    },
    'HTTP Error 403',
  ),
  ...refusedTwice(
    {
      identity: 'driver',
      tries: 'ask the kubelet without any token',
      code: "fetch(f'https://{node}:10250/pods')",
      harmless: "fetch(f'{api}/version')",
    },
    'HTTP Error 401',
  ),
  {
    identity: 'driver',
    tries: "ask the kubelet's port that needs no token",
    code: "fetch(f'http://{node}:10255/pods')",
    refusal: { by: 'network policy', words: 'Connection refused' },
    harmless: "fetch(f'{api}/version')",
  },
  {
    identity: 'driver',
    tries: 'start processes until the node has none left',
    code: "[subprocess.Popen(['sleep', '3']) for _ in range(300)]",
    limit: "only the kubelet's podPidsLimit bounds a pod's processes",
  },

  // Executors.
  {
    identity: 'executor',
    tries: 'use a token of its pod',
    code: "open('/var/run/secrets/kubernetes.io/serviceaccount/token')",
    ...notThere(NO_FILE),
    harmless: "os.listdir('/tmp')",
  },
  {
    identity: 'executor',
    tries: "change Spark's files, for the next task",
    code: "open('/opt/spark/bin/spark-class', 'a')",
    ...hardening('Read-only file system'),
    harmless: "open('/opt/spark/bin/spark-class')",
  },
  ...refusedTwice(
    {
      identity: 'executor',
      tries: 'ask the API server for secrets without a token',
      code: "fetch(f'{api}/api/v1/secrets')",
      harmless: "socket.getaddrinfo('kubernetes.default.svc', 443)",
    },
    'HTTP Error 403',
  ),
];
