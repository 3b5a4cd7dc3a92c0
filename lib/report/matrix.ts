import { hueOf, isRunner } from './picture';
import { AccessReportData, ReportIdentity, ReportNamespace } from './report-data';
import { groupBy, shortPhrases, subjectWord } from './words';

export type MatrixColumn = 'submitter' | 'operator' | 'driver' | 'executor' | 'other';

export const MATRIX_COLUMNS: readonly { readonly key: MatrixColumn; readonly title: string }[] = [
  { key: 'submitter', title: 'Submitters' },
  { key: 'operator', title: 'Operator' },
  { key: 'driver', title: 'Drivers' },
  { key: 'executor', title: 'Executors' },
  { key: 'other', title: 'Others' },
];

/** What one identity may do in one namespace. */
export interface MatrixEntry {
  readonly label: string;
  /** Without an id it runs there and may do nothing. */
  readonly rights?: string;
  readonly phrases: readonly string[];
}

export interface MatrixRow {
  /** `''` is the whole cluster. */
  readonly namespace: string;
  readonly title: string;
  readonly facts: string;
  readonly cells: { readonly [column in MatrixColumn]: readonly MatrixEntry[] };
}

const MOST_PHRASES = 3;

/** One row for each namespace, and first one for the whole cluster where any subject has rights in it. */
export function matrixRows(data: AccessReportData): MatrixRow[] {
  const rights = new Map(data.rights.map(({ id, rows }) => [id, rows]));
  const cells = new Map<string, MatrixEntry[]>();
  const add = (namespace: string, column: MatrixColumn, entry: MatrixEntry): void => {
    const key = `${namespace} ${column}`;
    cells.set(key, [...(cells.get(key) ?? []), entry]);
  };
  const grantsOf = groupBy(data.grants, ({ identity }) => identity);
  for (const identity of data.identities) {
    const grants = grantsOf.get(identity.key) ?? [];
    for (const { namespace, rights: id } of grants) {
      const phrases = shortPhrases(rights.get(id) ?? [], MOST_PHRASES);
      add(namespace, columnOf(identity, namespace), { label: labelIn(identity, namespace), rights: id, phrases });
    }
    for (const namespace of identity.namespaces) {
      if (isRunner(identity, namespace) && !grants.some((grant) => grant.namespace === namespace)) {
        add(namespace, columnOf(identity, namespace), { label: labelIn(identity, namespace), phrases: [] });
      }
    }
  }
  const row = (namespace: string, title: string, facts: string): MatrixRow => ({
    namespace,
    title,
    facts,
    cells: {
      submitter: cells.get(`${namespace} submitter`) ?? [],
      operator: cells.get(`${namespace} operator`) ?? [],
      driver: cells.get(`${namespace} driver`) ?? [],
      executor: cells.get(`${namespace} executor`) ?? [],
      other: cells.get(`${namespace} other`) ?? [],
    },
  });
  const cluster = data.grants.some(({ namespace }) => namespace === '');
  return [
    ...(cluster ? [row('', 'The whole cluster', '')] : []),
    ...data.namespaces.map((namespace) => row(namespace.name, namespace.name, factsOf(namespace))),
  ];
}

function factsOf({ kind, podSecurity }: ReportNamespace): string {
  const what = kind === 'jobs' ? '' : kind === 'operator' ? 'operator, ' : 'no jobs, ';
  return `${what}${podSecurity ?? 'Pod Security not known'}`;
}

/** An account that runs jobs here is a driver or executor here, and a stranger elsewhere. */
function columnOf(identity: ReportIdentity, namespace: string): MatrixColumn {
  const { roles } = identity;
  if (isRunner(identity, namespace)) return roles.includes('driver') ? 'driver' : 'executor';
  return hueOf(identity);
}

function labelIn({ subject }: ReportIdentity, namespace: string): string {
  return subject.namespace === namespace ? subject.name : subjectWord(subject);
}
