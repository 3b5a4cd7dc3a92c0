import { join } from 'node:path';
import { Definition, nodesOf, preservedPaths, readDefinitions, Schema, schemaOf } from '../crds/definitions';

/*
 * Compares our definitions with the operator's own, whose folder is named by SPARK_OPERATOR_CRDS:
 * the files of config/crd/bases in the operator's repository.
 */
const folder = process.env.SPARK_OPERATOR_CRDS;
const ours = readDefinitions(join(__dirname, '../../crds'));
const official = folder ? readDefinitions(folder) : {};

if (folder) {
  test('both sides define the same kinds', () => {
    expect(Object.keys(ours).sort()).toEqual(Object.keys(official).sort());
  });

  describe.each(Object.keys(ours))('%s', (kind) => {
    test('has the same names, versions, columns and subresources', () => {
      expect(withoutSchema(ours[kind])).toEqual(withoutSchema(official[kind]));
    });

    test('is approved by the same reference', () => {
      const approval = 'api-approved.kubernetes.io';
      expect(ours[kind].metadata.annotations[approval]).toBe(official[kind].metadata.annotations[approval]);
    });

    test('has the same fields with the same constraints, down to the objects of any content', () => {
      const preserved = preservedPaths(schemaOf(ours[kind]));
      const isBelowPreserved = (path: string) =>
        preserved.some((object) => path.startsWith(`${object}.`) || path.startsWith(`${object}[]`));
      const expected = [...nodesOf(schemaOf(official[kind]))].filter(([path]) => !isBelowPreserved(path));
      expect(constraints([...nodesOf(schemaOf(ours[kind]))])).toEqual(constraints(expected));
    });

    test('keeps any content wherever the other side does', () => {
      expect(preservedPaths(schemaOf(ours[kind]))).toEqual(
        expect.arrayContaining(preservedPaths(schemaOf(official[kind]))),
      );
    });
  });
} else {
  test.todo("the comparison with the operator's own definitions: name their folder in SPARK_OPERATOR_CRDS");
}

/** Every keyword of every node, except for texts, children and what objects of any content are about. */
function constraints(nodes: [string, Schema][]): Record<string, unknown> {
  const leftOut = [
    'description',
    'properties',
    'items',
    'additionalProperties',
    'x-kubernetes-preserve-unknown-fields',
  ];
  return Object.fromEntries(
    nodes.map(([path, node]) => [
      path,
      Object.fromEntries(
        Object.entries(node)
          .filter(([keyword]) => !leftOut.includes(keyword))
          .map(([keyword, value]) => [keyword, keyword === 'required' ? [...(value as string[])].sort() : value]),
      ),
    ]),
  );
}

function withoutSchema({ metadata, spec }: Definition): unknown {
  return {
    ...spec,
    name: metadata.name,
    versions: spec.versions.map((version) => ({ ...version, schema: undefined })),
  };
}
