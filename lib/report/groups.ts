import { AccessReportData, ReportFinding } from './report-data';
import { byText, groupBy, placeWord, subjectWord } from './words';

/** Findings of one kind. */
export interface FindingGroup extends Pick<ReportFinding, 'severity' | 'title'> {
  /** Each identity, with where and what it gains. */
  readonly who: readonly string[];
  /** Of the first. */
  readonly steps: readonly string[];
  readonly remedies: readonly string[];
}

/** Relaxations of one guarantee for one reason. */
export interface RelaxationGroup {
  readonly guarantee: string;
  readonly reason?: string;
  /** Each namespace with who uses it. */
  readonly places: readonly string[];
}

export const SEVERITY_WORDS = { high: 'serious', medium: 'watch', design: 'by design' };
const SEVERITIES = Object.keys(SEVERITY_WORDS);

export const NO_REASON = 'not allowed by the namespace';

/** The serious ones first. */
export function findingGroups({ findings, identities }: AccessReportData): FindingGroup[] {
  const words = new Map(identities.map(({ key, subject }) => [key, subjectWord(subject)]));
  const groups = groupBy(findings, ({ severity, title }) => JSON.stringify([SEVERITIES.indexOf(severity), title]));
  return [...groups]
    .sort(([a], [b]) => byText(a, b))
    .map(([, group]) => {
      const [{ severity, title, steps }] = group;
      const who = group.map(
        ({ identity, namespace, gain }) =>
          `${words.get(identity) ?? identity} in ${placeWord(namespace)}: gains ${gain}`,
      );
      return { severity, title, who, steps, remedies: [...new Set(group.map(({ remedy }) => remedy))] };
    });
}

/** Those without a reason first. */
export function relaxationGroups({ relaxations }: AccessReportData): RelaxationGroup[] {
  const groups = groupBy(relaxations, ({ guarantee, reason }) => JSON.stringify([reason ?? '', guarantee]));
  return [...groups]
    .sort(([a], [b]) => byText(a, b))
    .map(([, group]) => {
      const [{ guarantee, reason }] = group;
      const places = group.map(({ namespace, usedBy }) => `${namespace}: ${usedBy.join(', ') || 'nobody'}`);
      return { guarantee, reason, places };
    });
}
