import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ApiObject, ApiObjectProps, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import bundled from '../../../imports/definitions.json';
import { findingText } from '../../manifests/finding-codes';
import { readManifests } from '../../manifests/manifest-source';
import { checkArguments } from '../../problems/property-checks';

/** So that Argo CD has the definitions first, can apply large ones, and never removes them with all applications of the cluster. */
const ARGO_CD_ANNOTATIONS = {
  'argocd.argoproj.io/sync-wave': '-1',
  'argocd.argoproj.io/sync-options': 'ServerSideApply=true,Prune=false',
};

/**
 * The custom resource definitions of Spark applications.
 *
 * They stand in a chart of their own, and so in a file of their own that is applied first: an API server refuses
 * applications until it has their definition.
 *
 * @see https://kubernetes.io/docs/concepts/extend-kubernetes/api-extension/custom-resources/
 * @example
 *
 * new SparkOperator(chart, 'operator', {
 *   jobNamespaces: [clicks],
 *   crds: SparkOperatorCrds.fromFolder('spark-operator/config/crd/bases'),
 * });
 */
export class SparkOperatorCrds {
  /** The definitions of this library: all fields, in files that are small enough for any way to apply them. */
  public static bundled(): SparkOperatorCrds {
    return new SparkOperatorCrds(() => bundled);
  }

  /**
   * All definitions in the `.yaml` and `.yml` files of a folder, for example the operator's own.
   *
   * The operator's own are too large for `kubectl apply`, which keeps a copy of each in an annotation of at most 262,144
   * bytes: use `kubectl apply --server-side`, or Argo CD with the option `ServerSideApply=true` (the operator's `argoCd`).
   *
   * @param path the folder, from the working directory
   * @throws if the folder is missing, holds no definition, or also holds something else
   */
  public static fromFolder(path: string): SparkOperatorCrds {
    checkArguments('SparkOperatorCrds.fromFolder', [path]);
    const files = filesOf(resolve(path));
    return new SparkOperatorCrds(() => files.flatMap(definitionsOf));
  }

  /** No definitions: they come from elsewhere, and must exist before the operator. */
  public static none(): SparkOperatorCrds {
    return new SparkOperatorCrds(() => []);
  }

  private constructor(private readonly definitions: () => ApiObjectProps[]) {}

  /** @internal */
  public _render(scope: Construct, argoCd: boolean): void {
    const definitions = this.definitions();
    if (definitions.length === 0) return;
    const chart = new Chart(scope, 'crds', { labels: Chart.of(scope).labels });
    // cdk8s numbers files by their dependencies, and sees by itself only a chart directly within another.
    Chart.of(scope).addDependency(chart);
    for (const definition of definitions) {
      const object = new ApiObject(chart, String(definition.metadata?.name), definition);
      if (!argoCd) continue;
      for (const [key, value] of Object.entries(ARGO_CD_ANNOTATIONS)) object.metadata.addAnnotation(key, value);
    }
  }
}

function filesOf(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => /\.ya?ml$/.test(name)) : [];
  if (names.length === 0) {
    throw new Error(
      `SparkOperatorCrds: the folder "${folder}" has no .yaml file; custom resource definitions are expected there: give their folder, or use SparkOperatorCrds.bundled()`,
    );
  }
  return names.sort().map((name) => join(folder, name));
}

/** Read in this process: `Yaml.load` and `Include` of cdk8s start another one for each file. */
function definitionsOf(file: string): ApiObjectProps[] {
  const { manifests, findings } = readManifests([file]);
  if (findings.length > 0) {
    throw new Error(
      `SparkOperatorCrds: custom resource definitions are expected, but ${findings.map(findingText).join('; ')}`,
    );
  }
  return manifests.map(({ manifest }) => {
    const definition = manifest as unknown as ApiObjectProps;
    const { kind, metadata } = definition;
    if (kind === 'CustomResourceDefinition' && metadata?.name !== undefined) return definition;
    throw new Error(
      `SparkOperatorCrds: "${file}" holds ${kind ?? 'a document without a kind'} "${metadata?.name ?? ''}"; only objects of kind CustomResourceDefinition are expected: move it elsewhere`,
    );
  });
}
