import { resourceProblem } from './container-resources';
import { among, between, exactlyOne, filled, form, isFilled, itemsOf, notBoth, ObjectRule } from './object-rules';
import { Fields } from './schema-problems';

const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const PORT_NAME = /^(?=.*[a-z])(?!.*--)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LAST_PORT = 65535;
const LAST_USER = 2 ** 31 - 1;
/** Fields of a pod that a container can read through the downward API, in addition to labels and annotations. */
const POD_FIELD =
  /^(metadata\.(name|namespace|uid)|metadata\.(labels|annotations)\['.+'\]|spec\.(nodeName|serviceAccountName)|status\.(podIPs?|hostIPs?))$/;
const RESOURCE_FIELD = /^(limits|requests)\.(cpu|memory|ephemeral-storage|hugepages-.+)$/;
const HANDLERS = ['exec', 'grpc', 'httpGet', 'tcpSocket'];
const HOOKS = ['exec', 'httpGet', 'sleep', 'tcpSocket'];

export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && DNS_LABEL.test(text);
}

export const NAME_REMEDY =
  'pass at most 63 lower-case letters, digits and "-", which starts and ends with a letter or digit';

function isPortName(text: string): boolean {
  return text.length <= 15 && PORT_NAME.test(text);
}

/** A port by its number, or by the name of a container's port. */
function port(value: Fields): ReturnType<ObjectRule> {
  const given = value.port;
  if (given === undefined || given === null) return undefined;
  if (typeof given === 'number' ? given >= 1 && given <= LAST_PORT : isPortName(String(given))) return undefined;
  const shown = typeof given === 'number' ? String(given) : `"${String(given)}"`;
  return {
    field: 'port',
    message: `is ${shown}`,
    remedy: `pass a number from 1 to ${LAST_PORT}, or the name of a port`,
  };
}

function command(value: Fields): ReturnType<ObjectRule> {
  return itemsOf(value, 'command').length > 0 ? undefined : { field: 'command', message: 'is empty', remedy: 'set it' };
}

/** Only a readiness probe may have to succeed more than once. */
function successes(field: string): ObjectRule {
  return (container) => {
    const threshold = (container[field] as Fields | undefined)?.successThreshold;
    if (typeof threshold !== 'number' || threshold <= 1) return undefined;
    return { field: `${field}.successThreshold`, message: `is ${threshold}`, remedy: 'pass 1, or leave it out' };
  };
}

function localhostProfile(value: Fields): ReturnType<ObjectRule> {
  if ((value.type === 'Localhost') === isFilled(value, 'localhostProfile')) return undefined;
  return value.type === 'Localhost'
    ? { field: 'localhostProfile', message: 'is required with the type "Localhost"', remedy: 'set it' }
    : { field: 'localhostProfile', message: `is set with the type "${String(value.type)}"`, remedy: 'leave it out' };
}

export const CONTAINER_RULES: Readonly<Record<string, readonly ObjectRule[]>> = {
  Container: [
    form('name', isDnsLabel, NAME_REMEDY),
    form('image', (text) => text.trim() === text, 'leave out the spaces around it'),
    successes('livenessProbe'),
    successes('startupProbe'),
  ],
  ContainerPort: [
    between('containerPort', 1, LAST_PORT),
    between('hostPort', 0, LAST_PORT),
    form('name', isPortName, 'pass at most 15 lower-case letters, digits and "-", with a letter'),
  ],
  EnvVar: [filled('name'), form('name', (text) => !text.includes('='), 'leave out "="'), notBoth('value', 'valueFrom')],
  EnvVarSource: [exactlyOne(['configMapKeyRef', 'fieldRef', 'fileKeyRef', 'resourceFieldRef', 'secretKeyRef'])],
  EnvFromSource: [exactlyOne(['configMapRef', 'secretRef'])],
  ConfigMapKeySelector: [named, filled('key')],
  SecretKeySelector: [named, filled('key')],
  ConfigMapEnvSource: [named],
  SecretEnvSource: [named],
  ObjectFieldSelector: [
    form(
      'fieldPath',
      (text) => POD_FIELD.test(text) || WHOLE_MAPS.test(text),
      `pass a field such as "metadata.name" or "status.podIP"`,
    ),
  ],
  ResourceFieldSelector: [
    form('resource', (text) => RESOURCE_FIELD.test(text), 'pass one such as "limits.memory" or "requests.cpu"'),
  ],
  Probe: [
    exactlyOne(HANDLERS),
    ...['initialDelaySeconds', 'timeoutSeconds', 'periodSeconds', 'successThreshold', 'failureThreshold'].map((field) =>
      between(field, 0),
    ),
    between('terminationGracePeriodSeconds', 1),
  ],
  LifecycleHandler: [exactlyOne(HOOKS)],
  ExecAction: [command],
  HTTPGetAction: [port],
  TCPSocketAction: [port],
  GRPCAction: [between('port', 1, LAST_PORT)],
  ResourceRequirements: [resourceProblem],
  SecurityContext: [
    ...['runAsUser', 'runAsGroup'].map((field) => between(field, 0, LAST_USER)),
    (context) =>
      context.allowPrivilegeEscalation === false && context.privileged === true
        ? {
            field: 'allowPrivilegeEscalation',
            message: 'is false, though privileged is true',
            remedy: 'keep one of them',
          }
        : undefined,
  ],
  SeccompProfile: [filled('type'), localhostProfile],
  AppArmorProfile: [filled('type'), localhostProfile],
  VolumeMount: [
    filled('name', 'mountPath', 'mountPropagation'),
    notBoth('subPath', 'subPathExpr'),
    ...['subPath', 'subPathExpr'].map((field) =>
      form(field, isPathBelow, 'pass a path without a slash at its start and without ".."'),
    ),
    (mount) =>
      isFilled(mount, 'recursiveReadOnly') && mount.recursiveReadOnly !== 'Disabled' && mount.readOnly !== true
        ? {
            field: 'recursiveReadOnly',
            message: `is "${String(mount.recursiveReadOnly)}"`,
            remedy: 'set readOnly to true too',
          }
        : undefined,
    among('recursiveReadOnly', ['Disabled', 'Enabled', 'IfPossible']),
  ],
};

/** All labels or annotations at once: only a volume can hold them, not a variable. */
const WHOLE_MAPS = /^metadata\.(labels|annotations)$/;

export function named(value: Fields): ReturnType<ObjectRule> {
  return isFilled(value, 'name') ? undefined : { field: 'name', message: 'is required', remedy: 'set it' };
}

/** A relative path that does not leave the folder where it starts. */
export function isPathBelow(text: string): boolean {
  return !text.startsWith('/') && !text.split('/').includes('..');
}
