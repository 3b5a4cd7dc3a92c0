import { k8s } from 'cdk8s-plus-28';
import { SparkImage } from '../spark/spark-image';
import { KEY_FILE, KEY_FILE_DIRECTORY } from '../storage/stores/gcs-storage';
import { Store } from '../storage/stores/store';
import { PROGRAM_FOLDER } from './clean-up-program';

/** What the pods of a clean-up are made of. */
export interface CleanUpPod {
  readonly image: SparkImage;
  /** The store as the clean-up reaches it. */
  readonly store: Store;
  /** The name of account and ConfigMap. */
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
}

const TEMPORARY_SIZE = '256Mi';
/** Java has half of it; listings are kept in Python. */
const MEMORY = '1Gi';
const JAVA_MEMORY = '512m';

/** A pod that meets Pod Security `restricted` and writes to nothing but a sized `/tmp` and the store. */
export function renderCleanUpPod({ image, store, name, labels }: CleanUpPod): k8s.PodTemplateSpec {
  const volumes = volumesOf(store);
  return {
    metadata: { labels: { ...labels, ...store.identity?._facts.podLabels } },
    spec: {
      restartPolicy: 'Never',
      serviceAccountName: name,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      imagePullSecrets:
        image.pullSecrets.length === 0 ? undefined : image.pullSecrets.map((each) => ({ name: each.name })),
      securityContext: {
        runAsNonRoot: true,
        runAsUser: image.userId,
        runAsGroup: image.userId,
        fsGroup: image.userId,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'clean-up',
          image: image.reference,
          imagePullPolicy: image.pullPolicy,
          command: ['python3', '-B', `${PROGRAM_FOLDER}/main.py`],
          env: variables(store),
          volumeMounts: [
            { name: 'program', mountPath: PROGRAM_FOLDER, readOnly: true },
            { name: 'tmp', mountPath: '/tmp' },
            ...volumes.map(({ volume, path, readOnly }) => ({ name: volume.name, mountPath: path, readOnly })),
          ],
          resources: {
            requests: quantities({ cpu: '100m', memory: MEMORY, 'ephemeral-storage': TEMPORARY_SIZE }),
            limits: quantities({ cpu: '1', memory: MEMORY, 'ephemeral-storage': '512Mi' }),
          },
          securityContext: {
            allowPrivilegeEscalation: false,
            privileged: false,
            readOnlyRootFilesystem: true,
            runAsNonRoot: true,
            capabilities: { drop: ['ALL'] },
          },
          terminationMessagePolicy: 'FallbackToLogsOnError',
        },
      ],
      volumes: [
        { name: 'program', configMap: { name } },
        { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString(TEMPORARY_SIZE) } },
        ...volumes.map(({ volume }) => volume),
      ],
    },
  };
}

function variables({ identity, secretVariables, variables }: Store): k8s.EnvVar[] {
  const secret = identity?._facts.secret;
  return [
    { name: 'PYSPARK_SUBMIT_ARGS', value: `--driver-memory ${JAVA_MEMORY} pyspark-shell` },
    ...Object.entries(variables).map(([name, value]) => ({ name, value })),
    ...(secret === undefined
      ? []
      : secretVariables.map((key) => ({ name: key, valueFrom: { secretKeyRef: { name: secret.name, key } } }))),
  ];
}

interface Mounted {
  readonly volume: k8s.Volume;
  readonly path: string;
  readonly readOnly?: boolean;
}

function volumesOf({ claim, identity }: Store): Mounted[] {
  const keyFile = identity?._facts.keyFile;
  return [
    ...(claim === undefined
      ? []
      : [
          {
            volume: { name: 'checkpoints', persistentVolumeClaim: { claimName: claim.claim.name } },
            path: claim.path,
          },
        ]),
    ...(keyFile === undefined
      ? []
      : [
          {
            volume: {
              name: 'cloud-identity',
              secret: {
                secretName: keyFile.secret.name,
                items: [{ key: keyFile.key, path: KEY_FILE }],
                defaultMode: 0o440,
              },
            },
            path: KEY_FILE_DIRECTORY,
            readOnly: true,
          },
        ]),
  ];
}

function quantities(amounts: { [resource: string]: string }): { [resource: string]: k8s.Quantity } {
  return Object.fromEntries(
    Object.entries(amounts).map(([resource, amount]) => [resource, k8s.Quantity.fromString(amount)]),
  );
}
