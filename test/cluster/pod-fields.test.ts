import { POD_TYPES } from '../../lib/kubernetes/pod-schema';
import { missing, OpenApi } from '../../scripts/pod-schema';
import { container, POD_ROWS } from '../kubernetes/pod-rows';
import { ApiServer, dryRun } from './api-server';

const server = new ApiServer();

afterAll(() => server.close());

/** What the API server says of a pod with a specification. */
async function judge(spec: object): Promise<string> {
  const body = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod-fields' },
    spec: { serviceAccountName: 'default', ...container({}), ...spec },
  };
  const path = '/api/v1/namespaces/default/pods?fieldValidation=Strict';
  const { status, message } = await server.ask(server.admin, dryRun({ method: 'POST', path, body }));
  return status === 201 ? 'accepted' : message;
}

test.each(POD_ROWS.map((row) => [row.name, row] as const))(
  'the API server judges %s (case 5)',
  async (_, { spec, refused }) => {
    expect(await judge(spec)).toContain(refused?.server ?? 'accepted');
  },
);

test('the schema of pods has every field and value of this API server (case 5)', async () => {
  const { text } = await server.ask(server.admin, { method: 'GET', path: '/openapi/v3/api/v1' });
  expect(missing(POD_TYPES, [JSON.parse(text) as OpenApi])).toEqual([]);
});
