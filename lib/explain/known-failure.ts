import { Explanation, ExplanationKind } from './explanation';
import { ACCOUNT_TEXTS } from './known-texts/account-texts';
import { FILE_TEXTS } from './known-texts/file-texts';
import { KnownText } from './known-texts/known-text';
import { POD_TEXTS } from './known-texts/pod-texts';
import { PROGRAM_TEXTS, RUN_TEXTS } from './known-texts/run-texts';

const TEXTS: readonly KnownText[] = [...ACCOUNT_TEXTS, ...POD_TEXTS, ...FILE_TEXTS, ...RUN_TEXTS, ...PROGRAM_TEXTS];

/** Explains the other texts that are known; those that say little only where nothing else is found. */
export function explainKnownFailures(text: string, general: boolean): Explanation[] {
  return TEXTS.filter((known) => (known.general === true) === general).flatMap((known) => {
    const match = known.pattern.exec(text);
    return match === null ? [] : [explainKnownText('known-failure', known, match)];
  });
}

/** The explanation that a known text has as data, with what the text itself names. */
export function explainKnownText(kind: ExplanationKind, known: KnownText, match: RegExpExecArray): Explanation {
  const filled = (text: string): string =>
    text.replace(
      /\{(\w+)\}/g,
      (whole, name: string) => match.groups?.[name] ?? (name in (match.groups ?? {}) ? 'what it names' : whole),
    );
  return {
    kind,
    what: filled(known.what),
    who: known.who,
    lacks: known.lacks === undefined ? undefined : filled(known.lacks),
    advice: filled(known.advice),
    remedies: known.code === undefined ? undefined : [{ code: filled(known.code) }],
  };
}
