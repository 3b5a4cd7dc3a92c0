import * as fc from 'fast-check';
import { podFieldProblems } from '../../lib/kubernetes/pod-field-problems';
import { POD_RULES } from '../../lib/kubernetes/pod-rules';
import { POD_TYPES } from '../../lib/kubernetes/pod-schema';
import { Finding } from '../../lib/problems/finding';
import { container, POD_ROWS } from './pod-rows';

const text = ({ path, message, remedy }: Finding): string => `${path}: ${message}; ${remedy}`;
const judge = (spec: object): string[] => podFieldProblems({ ...container({}), ...spec }, 'PodSpec', 'spec').map(text);

describe('a pod, as the API server judges it', () => {
  test.each(POD_ROWS.map((row) => [row.name, row] as const))('%s (case 5)', (_, { spec, refused }) => {
    expect(judge(spec)).toEqual(refused === undefined ? [] : [refused.library]);
  });

  test('the fields are named that are required (case 5)', () => {
    expect(podFieldProblems({ key: 'a' }, 'NodeSelectorRequirement', 'x').map(text)).toEqual([
      'x.operator: is required; set it',
    ]);
  });

  test('null is as good as no field', () => {
    expect(judge({ affinity: null, tolerations: null, hostname: null })).toEqual([]);
  });

  test('an object of a class is refused, whose fields are none of a manifest', () => {
    expect(judge({ affinity: new Map() })).toEqual(['spec.affinity: is an object of class Map; pass an object']);
  });
});

test('rules are of types that the schema has', () => {
  expect(Object.keys(POD_RULES).filter((type) => !(type in POD_TYPES))).toEqual([]);
});

test('fields that newer API servers have are no mistakes (case 5)', () => {
  expect(judge({ hostnameOverride: 'a', ...container({ lifecycle: { stopSignal: 'SIGTERM' } }) })).toEqual([]);
});

test('whatever is given, it is judged and no raw error comes (case 5)', () => {
  fc.assert(
    fc.property(fc.object({ key: fc.constantFrom(...Object.keys(POD_TYPES.PodSpec.fields), 'name') }), (spec) => {
      expect(Array.isArray(judge(spec))).toBe(true);
    }),
  );
});
