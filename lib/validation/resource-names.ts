import { textOf } from '../manifests/manifest-fields';
import { nameOf } from '../manifests/manifest-names';
import { Manifest } from '../manifests/manifest-source';
import { FiledManifest } from '../manifests/finding';
import { ValidationConstruct } from './validation-context';

/** The names of the resources of a program. */
export class ResourceNames {
  private readonly shared: ReadonlySet<string>;

  /**
   * @param manifests the resources
   * @param constructs the construct of each, by its name alone
   */
  public constructor(
    manifests: readonly FiledManifest[],
    private readonly constructs: { readonly [name: string]: ValidationConstruct },
  ) {
    const names = manifests.map(({ manifest }) => nameOf(manifest)).sort();
    this.shared = new Set(names.filter((name, index) => name === names[index + 1]));
  }

  /** Such as `SparkApplication team-1/pi`, or `SparkApplication team-1/pi-*` where the API server makes the name. */
  public describe({ manifest, path }: FiledManifest): string {
    const kind = textOf(manifest, 'kind');
    if (kind === undefined) return path;
    const namespace = textOf(manifest, 'metadata', 'namespace');
    return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${shownName(manifest)}`.trimEnd();
  }

  /** The path of the construct; not known where several resources have the name. */
  public constructOf({ manifest }: FiledManifest): string | undefined {
    const name = nameOf(manifest);
    return this.shared.has(name) || !Object.hasOwn(this.constructs, name) ? undefined : this.constructs[name].path;
  }

  /** By the plain name cdk8s-cli finds the construct, which would be that of another resource where several have it. */
  public reportedAs(resource: FiledManifest): string {
    const name = nameOf(resource.manifest);
    return name === '' || this.shared.has(name) ? this.describe(resource) : name;
  }
}

/** A name that the API server makes has a part of its own in the place of "*". */
function shownName(manifest: Manifest): string {
  const prefix = textOf(manifest, 'metadata', 'generateName');
  return nameOf(manifest) === '' && prefix !== undefined ? `${prefix}*` : nameOf(manifest);
}
