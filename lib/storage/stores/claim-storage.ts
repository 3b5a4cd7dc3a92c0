import { IPersistentVolumeClaim, PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-28';
import { Store } from './store';

/** Properties of checkpoint storage on a volume claim. */
export interface ClaimStorageProps {
  /** The claim, in the namespace of the jobs. Pods on several nodes must be able to mount it at once (`ReadWriteMany`). */
  readonly claim: IPersistentVolumeClaim;

  /** The folder that holds the folders of all jobs, without a slash at either end. */
  readonly prefix: string;

  /**
   * The access mode of the claim, where the program does not know it: for a claim of `fromClaimName`, or one without access
   * modes.
   *
   * @default - that of the claim
   * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
   */
  readonly accessMode?: PersistentVolumeAccessMode;

  /**
   * Where driver and executors mount the volume.
   *
   * @default "/var/spark-checkpoints"
   */
  readonly mountPath?: string;
}

const MOUNT_PATH = '/var/spark-checkpoints';

export function claimStore({ claim, accessMode, mountPath = MOUNT_PATH }: ClaimStorageProps): Store {
  return {
    root: `file://${mountPath}`,
    place: `volume claim ${claim?.name}`,
    secretVariables: [],
    credentials: [],
    variables: {},
    claim: {
      claim,
      namespace: claim instanceof PersistentVolumeClaim ? claim.metadata.namespace : undefined,
      path: mountPath,
    },
    egress: [],
    problems: [...accessModeProblems(claim, accessMode), ...mountPathProblems(mountPath)],
    configuration: () => ({}),
  };
}

/** Driver and executors are on several nodes, and all of them write. */
function accessModeProblems(claim: IPersistentVolumeClaim, said: PersistentVolumeAccessMode | undefined): string[] {
  const shared = PersistentVolumeAccessMode.READ_WRITE_MANY;
  const known = claim instanceof PersistentVolumeClaim ? claim.accessModes : undefined;
  if (known === undefined && said === undefined) {
    return [
      `nobody says how the claim "${claim.name}" can be mounted; driver and executors all write to it, so it must be ` +
        `${shared}: say so with accessMode`,
    ];
  }
  if ((known ?? [said]).includes(shared)) return [];
  return [
    `the claim "${claim.name}" can be mounted as ${(known ?? [said]).join(', ')}; driver and executors all write to it, ` +
      `so give one that is ${shared}`,
  ];
}

function mountPathProblems(path: string): string[] {
  if (/^(\/[A-Za-z0-9_][A-Za-z0-9._-]*)+$/.test(path)) return [];
  return [`mountPath is "${path}"; give an absolute path of letters, digits and . _ -, without a slash at its end`];
}
