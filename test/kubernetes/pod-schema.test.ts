import { POD_TYPES } from '../../lib/kubernetes/pod-schema';
import { missing, OpenApi, podTypes } from '../../scripts/pod-schema';

const TOLERATION = 'io.k8s.api.core.v1.Toleration';

/** A document of a pod that has nothing but tolerations. */
function document(operators: readonly string[], required: readonly string[], further = {}): OpenApi {
  const reference = (id: string): object => ({ allOf: [{ $ref: `#/components/schemas/${id}` }] });
  const schemas = {
    'io.k8s.api.core.v1.PodTemplateSpec': {
      properties: { tolerations: { type: 'array', items: reference(TOLERATION) } },
    },
    [TOLERATION]: {
      required,
      properties: {
        operator: { type: 'string', enum: operators },
        tolerationSeconds: { type: 'integer', format: 'int64' },
        ...further,
      },
    },
  };
  return { info: { version: '1' }, components: { schemas } };
}

const older = document(['Exists', 'Equal'], ['operator', 'tolerationSeconds']);
const newer = document(['Lt'], ['operator'], { note: { type: 'string' } });

test('the schema of pods joins what API servers know, and requires what all of them do (case 5)', () => {
  expect(podTypes([older, newer])).toEqual({
    PodTemplateSpec: { fields: { tolerations: { list: 'Toleration' } } },
    Toleration: {
      required: ['operator'],
      fields: { note: 'string', operator: { values: ['Equal', 'Exists', 'Lt'] }, tolerationSeconds: 'int64' },
    },
  });
});

test('the check names what a server has and the schema lacks (case 5)', () => {
  expect(missing(podTypes([older]), [newer])).toEqual(['Toleration.note', 'Toleration.operator: Lt']);
  expect(missing(podTypes([older, newer]), [older, newer])).toEqual([]);
  expect(missing(POD_TYPES, [older])).toEqual(['PodTemplateSpec.tolerations']);
});
