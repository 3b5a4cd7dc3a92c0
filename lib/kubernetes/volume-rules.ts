import { isDnsLabel, isPathBelow, NAME_REMEDY, named } from './container-rules';
import { between, exactlyOne, filled, form, isFilled, ObjectRule, oneAtMost } from './object-rules';
import { POD_TYPES } from './pod-schema';
import { parseQuantity } from './quantity';
import { Fields } from './schema-problems';

const SOURCES = Object.keys(POD_TYPES.Volume.fields).filter((field) => field !== 'name');
const PROJECTIONS = Object.keys(POD_TYPES.VolumeProjection.fields);
const MOST_MODE = 0o777;
/** The shortest lifetime of a projected token, in seconds. */
const LEAST_EXPIRATION = 600;

const belowPath = (field: string): ObjectRule =>
  form(field, isPathBelow, 'pass a path without a slash at its start and without ".."');

/** The mode of a volume's files, set for all files of the volume or for one of them. */
const mode = (field: string): ObjectRule => between(field, 0, MOST_MODE);

function storageOf(claim: Fields): ReturnType<ObjectRule> {
  const requests = ((claim.resources ?? {}) as Fields).requests as Readonly<Record<string, string>> | undefined;
  const amount = requests?.storage === undefined ? undefined : parseQuantity(requests.storage);
  if (amount !== undefined && amount > 0) return undefined;
  const message = amount === undefined ? 'is required' : `is ${requests?.storage}`;
  return { field: 'resources.requests.storage', message, remedy: 'pass a size, such as "10Gi"' };
}

export const VOLUME_RULES: Readonly<Record<string, readonly ObjectRule[]>> = {
  Volume: [form('name', isDnsLabel, NAME_REMEDY), oneAtMost(SOURCES)],
  VolumeProjection: [exactlyOne(PROJECTIONS)],
  KeyToPath: [filled('key', 'path'), belowPath('path'), mode('mode')],
  ConfigMapVolumeSource: [named, mode('defaultMode')],
  ConfigMapProjection: [named],
  SecretProjection: [named],
  SecretVolumeSource: [
    (source) =>
      isFilled(source, 'secretName') ? undefined : { field: 'secretName', message: 'is required', remedy: 'set it' },
    mode('defaultMode'),
  ],
  ProjectedVolumeSource: [mode('defaultMode')],
  DownwardAPIVolumeSource: [mode('defaultMode')],
  DownwardAPIVolumeFile: [
    filled('path'),
    belowPath('path'),
    exactlyOne(['fieldRef', 'resourceFieldRef']),
    mode('mode'),
  ],
  ServiceAccountTokenProjection: [
    filled('path'),
    belowPath('path'),
    between('expirationSeconds', LEAST_EXPIRATION, 2 ** 32),
  ],
  PersistentVolumeClaimVolumeSource: [filled('claimName')],
  HostPathVolumeSource: [filled('path'), form('path', (text) => !text.split('/').includes('..'), 'leave out ".."')],
  NFSVolumeSource: [filled('server', 'path'), form('path', (text) => text.startsWith('/'), 'pass an absolute path')],
  CSIVolumeSource: [filled('driver')],
  EmptyDirVolumeSource: [
    form('sizeLimit', (text) => (parseQuantity(text) ?? 0) >= 0, 'pass zero or more'),
    // The kubelet knows no other medium: the pod would never start.
    form('medium', (text) => /^(|Memory|HugePages(-.+)?)$/.test(text), 'pass "Memory", "HugePages", or leave it out'),
  ],
  EphemeralVolumeSource: [
    (source) =>
      isFilled(source, 'volumeClaimTemplate')
        ? undefined
        : { field: 'volumeClaimTemplate', message: 'is required', remedy: 'set it' },
  ],
  PersistentVolumeClaimSpec: [
    (claim) =>
      isFilled(claim, 'accessModes')
        ? undefined
        : { field: 'accessModes', message: 'is required', remedy: 'pass at least one, such as "ReadWriteOnce"' },
    filled('volumeMode'),
    storageOf,
  ],
  AzureDiskVolumeSource: [filled('diskName', 'cachingMode', 'kind')],
};
