import { k8s } from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { podSecurityLabels } from '../job-namespace/namespace-metadata';
import { DEFAULT_DNS, inOrder, NetworkRule, renderEgress } from '../job-namespace/network/network-peer';
import { clusterScoped } from '../kubernetes/objects';
import { PodSecurityLevel } from '../kubernetes/pod-security-level';
import { packageFolder } from '../program/package-folder';
import { SparkImage } from '../spark/spark-image';
import { KEY_FILE, KEY_FILE_DIRECTORY } from '../storage/stores/gcs-storage';
import { Store } from '../storage/stores/store';

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

/** The files of the program that cleans up. The last one is started. */
const FILES = ['decisions.py', 'stores.py', 'main.py'];

/** Where the program lies in its pod. */
const PROGRAM_FOLDER = '/opt/clean-up';

/** The settings of the program. */
interface CleanUpSettings {
  /** URI of the store's root. */
  readonly root: string;
  /** The folder of the namespaces, from the root on. */
  readonly prefix: string;
  readonly namespaces: readonly string[];
  /** Paths from the root on that stay, with all below. */
  readonly live: readonly string[];
  readonly afterSeconds: number;
  readonly dryRun: boolean;
  readonly hadoop: { readonly [key: string]: string };
}

/** The program and its settings, as files. */
export function cleanUpFiles(settings: CleanUpSettings): { [name: string]: string } {
  return { ...programFiles(), 'settings.json': `${JSON.stringify(settings, undefined, 2)}\n` };
}

function programFiles(): { [name: string]: string } {
  const folder = join(packageFolder(), 'clean-up');
  return Object.fromEntries(FILES.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

/** A namespace of its own for a clean-up. */
interface CleanUpNamespace {
  readonly name: string;
  readonly labels: { readonly [label: string]: string };
  /** What its pods reach, besides names. */
  readonly egress: readonly NetworkRule[];
}

/** Makes a namespace in which no one else starts pods, and which is closed except for the store. */
export function emitCleanUpNamespace(scope: Construct, { name, labels, egress }: CleanUpNamespace): void {
  clusterScoped(
    new k8s.KubeNamespace(scope, 'namespace', {
      metadata: { name, labels: { ...labels, ...podSecurityLabels(PodSecurityLevel.RESTRICTED) } },
    }),
  );
  new k8s.KubeNetworkPolicy(scope, 'default-deny', {
    metadata: { name: 'default-deny', namespace: name, labels },
    spec: { podSelector: {}, policyTypes: ['Egress', 'Ingress'] },
  });
  new k8s.KubeNetworkPolicy(scope, 'egress', {
    metadata: { name: 'clean-up-egress', namespace: name, labels },
    spec: {
      podSelector: { matchLabels: labels },
      policyTypes: ['Egress'],
      egress: [renderEgress(DEFAULT_DNS, ['TCP', 'UDP']), ...inOrder(egress.map((rule) => renderEgress(rule)))],
    },
  });
}
