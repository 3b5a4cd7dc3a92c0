import { fieldOf, textOf } from './manifest-fields';
import { Manifest } from './manifest-source';

export function nameOf(manifest: Manifest): string {
  return textOf(manifest, 'metadata', 'name') ?? '';
}

/** Where kubectl would write it without a choice of its own. */
export function namespaceOf(manifest: Manifest): string {
  return textOf(manifest, 'metadata', 'namespace') ?? 'default';
}

export function labelOf(manifest: Manifest, label: string): string | undefined {
  return textOf(manifest, 'metadata', 'labels', label);
}

/** An application of the operator, of any of its three kinds. */
export function isApplication(manifest: Manifest): boolean {
  return (
    textOf(manifest, 'apiVersion')?.startsWith('sparkoperator.k8s.io/') === true &&
    ['SparkApplication', 'ScheduledSparkApplication', 'SparkConnect'].includes(textOf(manifest, 'kind') ?? '')
  );
}

/** The spec of the runs of an application. */
export function specOf(manifest: Manifest): unknown {
  return manifest.kind === 'ScheduledSparkApplication' ? fieldOf(manifest, 'spec', 'template') : manifest.spec;
}

/** The role of the pod that starts the executors. */
export function driverRole(manifest: Manifest): 'driver' | 'server' {
  return manifest.kind === 'SparkConnect' ? 'server' : 'driver';
}
