import * as fc from 'fast-check';
import { AccessReview } from '../../lib';
import { AccessSubject } from '../../lib/access/rbac/access-question';
import { describeSubject, userNameOf } from '../../lib/access/rbac/rbac-subjects';
import { reportData } from '../../lib/report/collect-report';
import { RandomPolicy } from './random-policy';
import { account, aggregatedRole, binding, clusterBinding, clusterRole, group, role, user } from './rbac-manifests';

const KINDS = ['sparkapplications', 'scheduledsparkapplications', 'sparkconnects'];
const WRITING = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const SUBMIT = { apiGroups: ['sparkoperator.k8s.io'], resources: ['sparkapplications'], verbs: ['create'] };

/** Where the report lists each identity as a submitter; `''` is everywhere. */
function submittersOf(review: AccessReview): Map<string, readonly string[]> {
  return new Map(
    reportData(review)
      .identities.filter(({ roles }) => roles.includes('submitter'))
      .map(({ key, namespaces }) => [key, namespaces]),
  );
}

function mayWrite(review: AccessReview, subject: AccessSubject, namespace: string, names: readonly string[]): boolean {
  const asker =
    subject.kind === 'Group' ? { user: '', groups: [subject.name] } : { user: userNameOf(subject), groups: [] };
  return WRITING.some((verb) =>
    KINDS.some((resource) =>
      names.some(
        (name) => review.can({ ...asker, verb, apiGroup: 'sparkoperator.k8s.io', resource, namespace, name }).allowed,
      ),
    ),
  );
}

describe('the report and the review read the same rights', () => {
  it('lists who has "edit", into which the right to create applications is aggregated (case 24)', () => {
    const review = AccessReview.ofManifests([
      clusterRole('spark-editors', [SUBMIT], { 'rbac.authorization.k8s.io/aggregate-to-edit': 'true' }),
      binding('team-1', 'editors', 'ClusterRole/edit', user('anna')),
      binding('team-2', 'viewers', 'ClusterRole/view', user('ben')),
    ]);
    expect(submittersOf(review)).toEqual(new Map([['User anna', ['team-1']]]));
  });

  it('lists who has a role of the program that aggregates, and not who has one that selects others (case 24)', () => {
    const review = AccessReview.ofManifests([
      clusterRole('spark-editors', [SUBMIT], { team: 'data' }),
      aggregatedRole('data', [{ team: 'data' }]),
      aggregatedRole('web', [{ team: 'web' }]),
      clusterBinding('data', 'data', group('data')),
      clusterBinding('web', 'web', group('web')),
    ]);
    expect(submittersOf(review)).toEqual(new Map([['Group data', ['']]]));
  });

  it('lists an account that a RoleBinding names without a namespace as one of its own namespace (case 19)', () => {
    const review = AccessReview.ofManifests([
      role('team-1', 'submit', [SUBMIT]),
      binding('team-1', 'submit', 'Role/submit', account(undefined, 'airflow')),
    ]);
    expect(review.problems).toEqual([]);
    expect(submittersOf(review)).toEqual(new Map([['ServiceAccount team-1/airflow', ['team-1']]]));
  });

  it('takes a user by the name of an account for that account', () => {
    const review = AccessReview.ofManifests([
      role('team-1', 'submit', [SUBMIT]),
      binding('team-1', 'submit', 'Role/submit', user('system:serviceaccount:ci:robot')),
    ]);
    expect(submittersOf(review)).toEqual(new Map([['ServiceAccount ci/robot', ['team-1']]]));
  });

  it('lists as submitters exactly those who may write applications, in any policy (case 24)', () => {
    const policy = new RandomPolicy('p');
    const seen = { listed: 0, others: 0 };
    fc.assert(
      fc.property(policy.manifests(), (manifests) => {
        const review = AccessReview.ofManifests([...manifests]);
        const submitters = submittersOf(review);
        const subjects = review._subjects();
        expect([...submitters.keys()].filter((key) => !subjects.map(describeSubject).includes(key))).toEqual([]);
        for (const subject of subjects) {
          const listed = submitters.get(describeSubject(subject)) ?? [];
          for (const namespace of ['p-a', 'p-b', 'p-c', 'p-unknown']) {
            const isListed = listed.includes('') || listed.includes(namespace);
            const names = ['', 'a', 'b', '*', 'app-*', 'app-1', 'A', 'a/b'];
            expect([subject, namespace, isListed]).toEqual([
              subject,
              namespace,
              mayWrite(review, subject, namespace, names),
            ]);
            if (isListed) seen.listed += 1;
            else seen.others += 1;
          }
        }
      }),
      { numRuns: 120 },
    );
    expect(Math.min(seen.listed, seen.others)).toBeGreaterThan(250);
  });
});
