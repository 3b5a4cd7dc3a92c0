import { labelMistakes } from '../../kubernetes/labels';
import { FindingCode } from '../../manifests/finding-codes';
import { isObject } from '../../manifests/manifest-fields';
import { Manifest } from '../../manifests/manifest-source';
import { Finding } from '../../problems/finding';

/**
 * Reads fields of one manifest as the API server does and notes what it would refuse; `null` is as good as no field.
 *
 * Every reader returns something of the right type, so that all that is wrong with a manifest is found at once.
 */
export class RbacFields {
  /** What makes the API server refuse the manifest. */
  public readonly refused: Finding[] = [];
  /** What it accepts, but takes for something else than what is written. */
  public readonly misleading: Finding[] = [];

  public text(value: unknown, path: string): string {
    if (value === undefined || value === null) return '';
    if (typeof value === 'string') return value;
    this.refuse(path, `is ${describeValue(value)}; expected a string`);
    return '';
  }

  public texts(value: unknown, path: string): string[] {
    return this.list(value, path, 'strings').map((item, index) => this.text(item, `${path}[${index}]`));
  }

  /** @param fields the fields that Kubernetes knows; without them, any may be there */
  public object(value: unknown, path: string, fields?: readonly string[]): Manifest {
    if (value === undefined || value === null) return {};
    if (!isObject(value)) {
      this.refuse(path, `is ${describeValue(value)}; expected an object`);
      return {};
    }
    for (const field of Object.keys(value)) {
      if (fields?.includes(field) !== false) continue;
      const place = path === '' ? field : `${path}.${field}`;
      this.mislead(
        place,
        'field-unknown',
        `is no field that Kubernetes knows, and is ignored; expected ${fields.join(', ')}`,
      );
    }
    return value;
  }

  public objects(value: unknown, path: string, fields: readonly string[]): Manifest[] {
    return this.list(value, path, 'objects').map((item, index) => this.object(item, `${path}[${index}]`, fields));
  }

  public labels(value: unknown, path: string): Map<string, string> {
    const given = Object.entries(this.object(value, path));
    const labels = given.map(([key, label]): [string, string] => [key, this.text(label, `${path}.${key}`)]);
    for (const mistake of labelMistakes(Object.fromEntries(labels))) this.refuse(path, mistake);
    return new Map(labels);
  }

  public refuse(path: string, message: string): void {
    const code: FindingCode = 'object-refused';
    this.refused.push({ path, code, message });
  }

  public mislead(path: string, code: FindingCode, message: string): void {
    this.misleading.push({ path, code, message });
  }

  private list(value: unknown, path: string, of: string): unknown[] {
    if (value === undefined || value === null) return [];
    if (Array.isArray(value)) return value;
    this.refuse(path, `is ${describeValue(value)}; expected a list of ${of}`);
    return [];
  }
}

/** A DNS subdomain, as names of service accounts are. */
export function isSubdomain(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/.test(text);
}

function describeValue(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return isObject(value) ? 'an object' : JSON.stringify(value);
}
