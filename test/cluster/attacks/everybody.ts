import { attacksOf, get, post } from './attack';
import { selfReview } from './bodies';

const EVERYBODY = 'Kubernetes allows it to everybody who is authenticated';

/** What no RBAC of the library could refuse. */
export const EVERYBODYS_RIGHTS = attacksOf('driver', [
  {
    tries: 'learn which kinds the cluster serves, installed products among them',
    call: () => get('/apis'),
    limit: `${EVERYBODY} (system:discovery)`,
  },
  {
    tries: "learn the cluster's version",
    call: () => get('/version'),
    limit: `${EVERYBODY}, and to everybody else (system:public-info-viewer)`,
  },
  {
    tries: 'read the schemas of all kinds',
    call: () => get('/openapi/v3'),
    limit: `${EVERYBODY} (system:discovery)`,
  },
  {
    tries: 'list its own rights',
    call: ({ home }) =>
      post('/apis/authorization.k8s.io/v1/selfsubjectrulesreviews', {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectRulesReview',
        spec: { namespace: home },
      }),
    limit: `${EVERYBODY} (system:basic-user)`,
  },
  { tries: 'learn its own name and groups', call: selfReview, limit: `${EVERYBODY} (system:basic-user)` },
]);
