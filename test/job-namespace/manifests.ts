import { App, Chart } from 'cdk8s';
import { synthChart } from '../synth';

/** The part of a Kubernetes object that tests look at. */
export interface Manifest {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly [field: string]: unknown;
}

export function newChart(): Chart {
  return new Chart(new App(), 'test');
}

export function manifests(chart: Chart): Manifest[] {
  return synthChart(chart);
}

export function find(chart: Chart, kind: string, name: string): Manifest {
  const found = manifests(chart).filter((object) => object.kind === kind && object.metadata.name === name);
  if (found.length !== 1) throw new Error(`${found.length} objects ${kind} "${name}"`);
  return found[0];
}

export function names(chart: Chart, kind: string): string[] {
  return manifests(chart)
    .filter((object) => object.kind === kind)
    .map((object) => object.metadata.name);
}

/** The message of the error that a call throws. */
export function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}
