import { squeeze, squeezed } from '../../lib/explain/squeezed-text';
import { quote, subjectExpression, variableOf } from '../../lib/explain/typescript';
import { fieldOf, listOf, textOf, textsOf } from '../../lib/manifests/manifest-fields';

describe('variableOf', () => {
  it.each([
    ['clicks', 'clicks'],
    ['team-1', 'team1'],
    ['spark-jobs-eu', 'sparkJobsEu'],
    ['1st', 'the1st'],
    ['new', 'theNew'],
    ['', 'jobNamespace'],
  ])('names a variable for "%s" %s', (name, variable) => {
    expect(variableOf(name)).toBe(variable);
  });
});

describe('a subject', () => {
  it('is written so that no name ends the literal', () => {
    expect(quote("o'neill\\")).toBe("'o\\'neill\\\\'");
    expect(subjectExpression({ kind: 'User', name: "o'neill" })).toBe("User.fromName(chart, 'o-neill', 'o\\'neill')");
  });

  it('has an id that tells accounts of several namespaces apart', () => {
    const account = (namespace: string, name: string): string =>
      subjectExpression({ kind: 'ServiceAccount', name, namespace });
    expect(account('airflow', 'airflow-worker')).toContain("(chart, 'airflow-worker', 'airflow-worker', ");
    expect(account('team-1', 'worker')).toContain("(chart, 'team-1-worker', 'worker', ");
  });
});

describe('squeeze', () => {
  it('takes out white space and what stands for it, also where a word is broken', () => {
    expect(squeeze('pods is for\n    bidden:\\n\\\\tUser\r\n')).toBe('podsisforbidden:User');
  });

  it('writes quotes as they were', () => {
    expect(squeeze('\\"a\\" \\\\\\"b\\\\\\" “c” &quot;d&#34; \\u0022e\\u0022')).toBe('"a""b""c""d""e"');
  });
});

test('a pattern is read without its spaces', () => {
  expect(squeezed(/a (?<name> b+) c/).exec('abbc')?.groups?.name).toBe('bb');
});

test('fields of another type than expected count as absent', () => {
  const manifest = { metadata: { name: 'a', labels: ['b', 7] }, spec: null };
  expect(textOf(manifest, 'metadata', 'name')).toBe('a');
  expect(textOf(manifest, 'metadata')).toBeUndefined();
  expect(fieldOf(manifest, 'spec', 'driver', 'cores')).toBeUndefined();
  expect(listOf(manifest, 'metadata', 'name')).toEqual([]);
  expect(textsOf(manifest, 'metadata', 'labels')).toEqual(['b']);
  expect(fieldOf('text', 'length')).toBeUndefined();
});
