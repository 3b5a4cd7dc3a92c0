import { ApiObject } from 'cdk8s';
import { IConstruct } from 'constructs';
import { namespaceOf } from '../kubernetes/objects';

/** Kinds whose objects pods use by name, by the resource that cdk8s-plus knows them as. */
const RESOURCES = {
  ConfigMap: 'configmaps',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  Secret: 'secrets',
} as const;

/** An object that pods use by its name. */
export interface ObjectReference {
  readonly kind: keyof typeof RESOURCES;
  readonly name: string;
}

interface Use {
  readonly application: IConstruct;
  readonly namespace: string;
  readonly references: readonly ObjectReference[];
}

/** What the pods of applications use by name, and where the program makes it. */
export class ObjectReferences {
  private readonly uses: Use[] = [];

  public add(use: Use): void {
    if (use.references.length > 0) this.uses.push(use);
  }

  /**
   * Objects of the program that pods use and cannot reach, since they are not in the namespace of the pods. cdk8s-plus keeps
   * only their names in volumes and variables. What the program also imports under the name is meant to be there.
   */
  public problems(constructs: readonly IConstruct[]): string[] {
    if (this.uses.length === 0) return [];
    const made = new Map<string, (string | undefined)[]>();
    for (const construct of constructs) {
      if (ApiObject.isApiObject(construct) && construct.kind in RESOURCES) {
        const key = `${construct.kind} ${construct.name}`;
        made.set(key, [...(made.get(key) ?? []), namespaceOf(construct)]);
      }
    }
    if (made.size === 0) return [];
    const imported = importedNames(constructs);
    return this.uses.flatMap(({ application, namespace, references }) =>
      references.flatMap(({ kind, name }) => {
        const places = made.get(`${kind} ${name}`);
        if (places === undefined || places.includes(namespace) || imported.has(`${RESOURCES[kind]} ${name}`)) return [];
        const [place] = places;
        const found = place === undefined ? 'has no namespace' : `is in namespace "${place}"`;
        return [
          `${application.node.path}: ${kind} "${name}" ${found}; pods can only use objects of their own namespace ` +
            `"${namespace}": give it metadata.namespace, or import the one that is there with ${kind}.from${kind}Name`,
        ];
      }),
    );
  }
}

/** What the program imports, as resource and name; such constructs of cdk8s-plus have no object. */
function importedNames(constructs: readonly IConstruct[]): Set<string> {
  const imported = constructs.filter(({ node }) => node.children.length === 0) as Partial<{
    readonly resourceType: string;
    readonly name: string;
  }>[];
  return new Set(imported.map(({ resourceType, name }) => `${resourceType} ${name}`));
}
