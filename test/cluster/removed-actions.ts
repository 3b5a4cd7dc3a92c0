import { PolicyDocument, PolicyStatement } from '../../lib/storage/permissions/s3-policy';

export const CONNECTORS_IMAGE = 'localhost/spark-connectors:4.0.4';
export const BUCKET = 'acme-streams';
export const NAMESPACE = 'streams';
export const PREFIX = 'checkpoints/prod-eu';

export function checkpointOf(job: string): string {
  return `${PREFIX}/${NAMESPACE}/${job}`;
}

export function outputOf(job: string): string {
  return `out/${job}`;
}

/** One action of the least policy on one path of a job. */
export interface RemovedAction {
  readonly job: string;
  readonly action: string;
  readonly path: string;
}

/** Every single right of the least policy, each with a job that lacks just this one. */
export const REMOVED_ACTIONS: readonly RemovedAction[] = [
  { job: 'no-get-directory', action: 's3:GetObject', path: checkpointOf('no-get-directory') },
  ...(['list', 'get', 'put', 'delete'] as const).flatMap((verb) => {
    const action = { list: 's3:ListBucket', get: 's3:GetObject', put: 's3:PutObject', delete: 's3:DeleteObject' }[verb];
    return [
      { job: `no-${verb}-checkpoint`, action, path: `${checkpointOf(`no-${verb}-checkpoint`)}/*` },
      { job: `no-${verb}-output`, action, path: `${outputOf(`no-${verb}-output`)}/*` },
    ];
  }),
];

/** A job with every right, and one with a secret key that is wrong. */
export const WHOLE = 'whole';
export const WRONG_KEY = 'wrong-key';
export const JOBS = [WHOLE, WRONG_KEY, ...REMOVED_ACTIONS.map(({ job }) => job)];

/** A policy without one right. */
export function policyWithout(whole: PolicyDocument, { job, action, path }: RemovedAction): PolicyDocument {
  const rights = whole.Statement.flatMap(singleRights);
  const left = rights.filter((right) => !(right.Action.includes(action) && pathOf(right) === path));
  if (left.length !== rights.length - 1) throw new Error(`the policy of ${job} has not one ${action} on ${path}`);
  return { ...whole, Statement: left };
}

function singleRights(statement: PolicyStatement): PolicyStatement[] {
  const { Action, Resource = [], Condition } = statement;
  const prefixes = Condition?.StringLike['s3:prefix'];
  const single = (index: string, part: Partial<PolicyStatement>): PolicyStatement => ({
    ...statement,
    ...part,
    Sid: `${statement.Sid}${index}`,
  });
  if (prefixes !== undefined) {
    return [prefixes]
      .flat()
      .map((prefix, index) => single(String(index), { Condition: { StringLike: { 's3:prefix': [prefix] } } }));
  }
  return Action.flatMap((action, a) =>
    Resource.map((resource, r) => single(`${a}${r}`, { Action: [action], Resource: [resource] })),
  );
}

/** The path that a single right is about. */
function pathOf({ Condition, Resource = [] }: PolicyStatement): string {
  return [Condition?.StringLike['s3:prefix'] ?? Resource].flat()[0].replace(/^arn:aws:s3:::[^/]+\//, '');
}
