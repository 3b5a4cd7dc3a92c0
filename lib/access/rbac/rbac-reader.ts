import { AccessSubject } from './access-question';
import { isSubdomain, RbacFields } from './rbac-fields';
import { readRules, readSelectors } from './role-fields';
import { KNOWN_RESOURCES } from './known-resources';
import { FindingCode } from '../../manifests/finding-codes';
import { ManifestFinding } from '../../manifests/manifest-finding';
import { Manifest, SourcedManifest } from '../../manifests/manifest-source';
import { Finding } from '../../problems/finding';
import { describeObject, RbacBinding, RbacRole } from './rbac-objects';

export const RBAC_GROUP = 'rbac.authorization.k8s.io';

const RBAC_KINDS = ['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'];
/** Their roles are of AWS, and give no right in the cluster. */
const CLOUD_ROLES = ['iam.services.k8s.aws/v1alpha1', 'iam.aws.upbound.io/v1beta1'];

/** Groups that get no new kinds, so that an unknown one is a mistake. */
const CLOSED_GROUPS = ['', 'apps', 'batch', 'sparkoperator.k8s.io'];

/** The namespace of an object that names none: kubectl takes that of its context, which is `default` unless set. */
const DEFAULT_NAMESPACE = 'default';

/** The roles and bindings among manifests, each one once, as they stand after all have been applied in order. */
export class RbacReader {
  public readonly findings: ManifestFinding[] = [];
  private readonly rolesByName = new Map<string, RbacRole>();
  private readonly bindingsByName = new Map<string, RbacBinding>();

  public constructor(manifests: readonly SourcedManifest[]) {
    for (const { source, manifest } of manifests) this.read(source, manifest);
  }

  public get roles(): RbacRole[] {
    return [...this.rolesByName.values()];
  }

  public get bindings(): RbacBinding[] {
    return [...this.bindingsByName.values()];
  }

  private read(source: string, manifest: Manifest): void {
    const { apiVersion, kind } = manifest;
    for (const [field, value] of Object.entries({ apiVersion, kind })) {
      if (typeof value !== 'string' || value === '') {
        const message = `is ${JSON.stringify(value) ?? 'missing'}; expected a string`;
        this.note(source, field, 'type-missing', message);
      }
    }
    if (typeof apiVersion !== 'string' || typeof kind !== 'string') return;
    if (apiVersion !== `${RBAC_GROUP}/v1`) this.checkKind(source, apiVersion, kind);
    else if (kind === 'Role' || kind === 'ClusterRole') this.readRole(source, kind, manifest);
    else if (kind === 'RoleBinding' || kind === 'ClusterRoleBinding') this.readBinding(source, kind, manifest);
    else {
      const message = `"${kind}" is no kind of ${apiVersion}; expected ${RBAC_KINDS.join(', ')}`;
      this.note(source, 'kind', 'kind-unknown', message);
    }
  }

  /** Objects without rights are of no interest, unless they are meant to be something else. */
  private checkKind(source: string, apiVersion: string, kind: string): void {
    if (CLOUD_ROLES.includes(apiVersion)) return;
    if (RBAC_KINDS.includes(kind) || apiVersion.startsWith(`${RBAC_GROUP}/`)) {
      const message = `${kind} of "${apiVersion}" is not evaluated; expected ${RBAC_GROUP}/v1`;
      this.note(source, 'apiVersion', 'rbac-version-unsupported', message);
      return;
    }
    const apiGroup = apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
    const isKnown = KNOWN_RESOURCES.some((known) => known.apiGroup === apiGroup && known.kind === kind);
    if (CLOSED_GROUPS.includes(apiGroup) && !isKnown && !kind.endsWith('List')) {
      this.note(source, 'kind', 'kind-unknown', `"${kind}" is no kind of ${apiVersion} that is known, and is ignored`);
    }
  }

  private readRole(source: string, kind: string, manifest: Manifest): void {
    const fields = new RbacFields();
    const aggregates = kind === 'ClusterRole' && isGiven(manifest.aggregationRule);
    const { rules, aggregationRule } = fields.object(manifest, '', [
      ...['apiVersion', 'kind', 'metadata', 'rules'],
      ...(kind === 'ClusterRole' ? ['aggregationRule'] : []),
    ]);
    const { namespace, name, labels } = readMetadata(fields, manifest.metadata, kind === 'Role');
    const role = {
      ...{ kind, namespace, name, source, labels },
      rules: readRules(fields, rules, kind === 'ClusterRole'),
      selectors: aggregates ? readSelectors(fields, aggregationRule) : undefined,
    };
    if (!this.accept(role, fields)) return;
    const key = describeObject(role);
    const earlier = this.rolesByName.get(key);
    if (earlier !== undefined) this.say(role, duplicateOf(earlier));
    this.rolesByName.set(key, role);
  }

  private readBinding(source: string, kind: string, manifest: Manifest): void {
    const fields = new RbacFields();
    const { metadata, subjects, roleRef } = fields.object(manifest, '', [
      ...['apiVersion', 'kind', 'metadata', 'subjects', 'roleRef'],
    ]);
    const { namespace, name, labels } = readMetadata(fields, metadata, kind === 'RoleBinding');
    const role = readRoleRef(fields, roleRef, kind);
    const binding = {
      ...{ kind, namespace, name, source, labels, roleKind: role.kind, roleName: role.name },
      subjects: readSubjects(fields, subjects, namespace),
    };
    if (!this.accept(binding, fields)) return;
    const key = describeObject(binding);
    const earlier = this.bindingsByName.get(key);
    if (earlier !== undefined) {
      const sameRole = earlier.roleKind === binding.roleKind && earlier.roleName === binding.roleName;
      this.say(binding, sameRole ? duplicateOf(earlier) : otherRoleThan(earlier));
      if (!sameRole) return;
    }
    this.bindingsByName.set(key, binding);
  }

  /** Notes everything that is wrong with an object; one that the API server refuses counts for nothing. */
  private accept(
    object: { kind: string; namespace: string; name: string; source: string },
    fields: RbacFields,
  ): boolean {
    for (const { message, ...finding } of fields.refused) {
      this.say(object, {
        ...finding,
        message: `${message}; the API server refuses the object, so it is left out`,
      });
    }
    for (const finding of fields.misleading) this.say(object, finding);
    return fields.refused.length === 0;
  }

  private say(object: { kind: string; namespace: string; name: string; source: string }, finding: Finding): void {
    this.findings.push({ source: object.source, object: describeObject(object), ...finding });
  }

  /** For manifests that are not known to be roles or bindings. */
  private note(source: string, path: string, code: FindingCode, message: string): void {
    this.findings.push({ source, path, code, message });
  }
}

function duplicateOf({ source }: { source: string }): Finding {
  const code: FindingCode = 'object-duplicate';
  return { path: '', code, message: `stands in ${source} too; this later one counts` };
}

function otherRoleThan({ source, roleKind, roleName }: RbacBinding): Finding {
  const code: FindingCode = 'role-ref-changed';
  const message = `stands in ${source} too, with ${roleKind} "${roleName}"; that one counts, for the role of a binding cannot be changed`;
  return { path: '', code, message };
}

function readMetadata(
  fields: RbacFields,
  value: unknown,
  namespaced: boolean,
): { namespace: string; name: string; labels: Map<string, string> } {
  const metadata = fields.object(value, 'metadata');
  const name = fields.text(metadata.name, 'metadata.name');
  if (name === '') fields.refuse('metadata.name', 'is missing; expected the name of the object');
  else checkSegment(fields, name, 'metadata.name');
  const labels = fields.labels(metadata.labels, 'metadata.labels');
  if (!namespaced) return { namespace: '', name, labels };
  const namespace = fields.text(metadata.namespace, 'metadata.namespace');
  if (namespace !== '') return { namespace, name, labels };
  fields.mislead(
    'metadata.namespace',
    'namespace-missing',
    `is missing; the object gets the namespace of whoever applies it, and "${DEFAULT_NAMESPACE}" is taken here; name the namespace`,
  );
  return { namespace: DEFAULT_NAMESPACE, name, labels };
}

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#path-segment-names */
function checkSegment(fields: RbacFields, name: string, path: string): void {
  if (name === '.' || name === '..' || /[/%]/.test(name)) {
    fields.refuse(path, `is "${name}"; a name must not be "." or "..", or contain "/" or "%"`);
  }
}

function readRoleRef(fields: RbacFields, value: unknown, bindingKind: string): { kind: string; name: string } {
  const roleRef = fields.object(value, 'roleRef', ['apiGroup', 'kind', 'name']);
  const kind = fields.text(roleRef.kind, 'roleRef.kind');
  const name = fields.text(roleRef.name, 'roleRef.name');
  const apiGroup = fields.text(roleRef.apiGroup, 'roleRef.apiGroup');
  const kinds = bindingKind === 'RoleBinding' ? ['Role', 'ClusterRole'] : ['ClusterRole'];
  if (!kinds.includes(kind)) fields.refuse('roleRef.kind', `is "${kind}"; expected ${kinds.join(' or ')}`);
  if (name === '') fields.refuse('roleRef.name', 'is missing; expected the name of a role');
  else checkSegment(fields, name, 'roleRef.name');
  if (apiGroup !== '' && apiGroup !== RBAC_GROUP) {
    fields.refuse('roleRef.apiGroup', `is "${apiGroup}"; expected ${RBAC_GROUP}`);
  }
  return { kind, name };
}

/** @param bindingNamespace meant by accounts that name none; empty for a ClusterRoleBinding, where each has to name one */
function readSubjects(fields: RbacFields, value: unknown, bindingNamespace: string): AccessSubject[] {
  return fields.objects(value, 'subjects', ['kind', 'apiGroup', 'name', 'namespace']).map((given, index) => {
    const path = `subjects[${index}]`;
    const kind = fields.text(given.kind, `${path}.kind`);
    const name = fields.text(given.name, `${path}.name`);
    const apiGroup = fields.text(given.apiGroup, `${path}.apiGroup`);
    const namespace = fields.text(given.namespace, `${path}.namespace`);
    if (name === '') fields.refuse(`${path}.name`, 'is missing; expected the name of the subject');
    if (!['ServiceAccount', 'User', 'Group'].includes(kind)) {
      fields.refuse(`${path}.kind`, `is "${kind}"; expected ServiceAccount, User or Group`);
      return { kind, name };
    }
    const expectedGroup = kind === 'ServiceAccount' ? '' : RBAC_GROUP;
    if (apiGroup !== '' && apiGroup !== expectedGroup) {
      fields.refuse(`${path}.apiGroup`, `is "${apiGroup}"; expected "${expectedGroup}" for a ${kind}`);
    }
    if (kind !== 'ServiceAccount') return { kind, name };
    checkAccountName(fields, name, `${path}.name`);
    if (namespace !== '') return { kind, namespace, name };
    if (bindingNamespace === '') {
      fields.refuse(`${path}.namespace`, 'is missing; name the namespace of the service account');
    }
    return { kind, namespace: bindingNamespace, name };
  });
}

function checkAccountName(fields: RbacFields, name: string, path: string): void {
  if (name !== '' && !isSubdomain(name)) {
    fields.refuse(path, `is "${name}"; the name of a service account has lower-case letters, digits, "-" and "." only`);
  }
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== null;
}
