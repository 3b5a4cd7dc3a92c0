import { nameOf, namespaceOf } from '../manifests/manifest-names';
import { FiledManifest, Finding } from '../manifests/finding';
import { ResourceNames } from './resource-names';
import { ValidationRule } from './rule';
import { textEntriesOf } from '../manifests/manifest-fields';
import { ValidationWaiver, waivedProblems } from './validation-settings';

const WAIVE = 'cdk8s-spark/waive-';
const MAY_RELAX = 'cdk8s-spark/may-relax-';

interface Annotation {
  readonly manifest: FiledManifest;
  readonly key: string;
  readonly reason: string;
}

/** A waiver that holds: of a rule, or of one kind of fault. */
interface UsedWaiver {
  readonly name: string;
  readonly reason: string;
}

/** The waivers of a program, and which of them are used. */
export class Waivers {
  private readonly annotations: readonly Annotation[];
  /** By namespace and guarantee. */
  private readonly relaxations = new Map<string, string>();
  private readonly used = new Set<Annotation | ValidationWaiver>();

  public constructor(
    manifests: readonly FiledManifest[],
    private readonly named: readonly ValidationWaiver[],
    private readonly names: ResourceNames,
  ) {
    this.annotations = manifests.flatMap((manifest) => annotationsOf(manifest, WAIVE));
    for (const namespace of manifests.filter(({ manifest }) => manifest.kind === 'Namespace')) {
      for (const { key, reason } of annotationsOf(namespace, MAY_RELAX)) {
        this.relaxations.set(`${nameOf(namespace.manifest)} ${key.slice(MAY_RELAX.length)}`, reason);
      }
    }
  }

  /**
   * Why a resource need not keep a rule, or `undefined` if it has to.
   *
   * @param code of the finding; a waiver of it alone leaves the rest of the rule in force
   */
  public waiverOf(rule: ValidationRule, resource: FiledManifest, code?: string): UsedWaiver | undefined {
    for (const name of [rule.name, ...(code === undefined ? [] : [code])]) {
      const waiver = this.find(name, resource);
      if (waiver === undefined || !isReason(waiver.reason)) continue;
      this.used.add(waiver);
      return { name, reason: waiver.reason };
    }
    const relaxed = this.relaxations.get(`${namespaceOf(resource.manifest)} ${rule.relaxedBy}`);
    return isReason(relaxed) ? { name: rule.name, reason: `its namespace allows it: ${relaxed}` } : undefined;
  }

  private find(name: string, resource: FiledManifest): Annotation | ValidationWaiver | undefined {
    const resources = [this.names.describe(resource), this.names.constructOf(resource)];
    return (
      this.annotations.find(({ manifest, key }) => manifest === resource && key === `${WAIVE}${name}`) ??
      this.named.find((one) => one.rule === name && resources.includes(one.resource))
    );
  }

  /** Annotations that waive nothing, because they name no rule or give no reason. */
  public get unsound(): Finding[] {
    return this.annotations.flatMap(({ manifest, key, reason }) => {
      const at = `metadata.annotations["${key}"]`;
      return [
        ...waivedProblems(at, key.slice(WAIVE.length)),
        ...(isReason(reason) ? [] : [`${at}: gives no reason; say why the resource need not keep the rule`]),
      ].map((location) => ({ manifest, location }));
    });
  }

  /** What is waived although nothing there breaks the rule; complete once `waiverOf` was called for every finding. */
  public get unused(): string[] {
    return [
      ...this.named
        .filter((waiver) => !this.used.has(waiver))
        .map(({ rule, resource }) => `${rule} for ${resource}, in the properties`),
      ...this.annotations
        .filter((annotation) => isReason(annotation.reason) && !this.used.has(annotation))
        .map(({ manifest, key }) => `${key.slice(WAIVE.length)} for ${this.names.describe(manifest)}`),
    ];
  }
}

function annotationsOf(manifest: FiledManifest, prefix: string): Annotation[] {
  return textEntriesOf(manifest.manifest, 'metadata', 'annotations')
    .filter(([key]) => key.startsWith(prefix))
    .map(([key, reason]) => ({ manifest, key, reason }));
}

function isReason(reason: string | undefined): reason is string {
  return reason !== undefined && reason.trim() !== '';
}
