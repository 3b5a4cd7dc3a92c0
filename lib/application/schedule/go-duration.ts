/** Nanoseconds per unit of Go's durations, longest unit first. */
const UNITS: Readonly<Record<string, bigint>> = {
  h: 3_600_000_000_000n,
  m: 60_000_000_000n,
  s: 1_000_000_000n,
  ms: 1_000_000n,
  us: 1_000n,
  '\u00b5s': 1_000n,
  '\u03bcs': 1_000n,
  ns: 1n,
};

const DURATION = /^[+-]?((\d+\.?\d*|\.\d+)(h|ms|m|s|us|\u00b5s|\u03bcs|ns))+$/;
const PART = /(\d*)\.?(\d*)(h|ms|m|s|us|\u00b5s|\u03bcs|ns)/g;
const MAX_NANOSECONDS = 2n ** 63n - 1n;

/**
 * The seconds of a duration in Go's notation, or `undefined` if it is not a duration.
 *
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function goDurationSeconds(text: string): number | undefined {
  if (/^[+-]?0$/.test(text)) return 0;
  if (!DURATION.test(text)) return undefined;
  const nanoseconds = [...text.matchAll(PART)].reduce((sum, [, whole, fraction, unit]) => {
    const wholePart = BigInt(whole || 0) * UNITS[unit];
    const fractionPart = (BigInt(fraction || 0) * UNITS[unit]) / 10n ** BigInt(fraction.length);
    return sum + wholePart + fractionPart;
  }, 0n);
  if (nanoseconds > MAX_NANOSECONDS) return undefined;
  return (Number(nanoseconds) / Number(UNITS.s)) * (text.startsWith('-') ? -1 : 1);
}

/** Whole seconds in Go's notation, such as 1h30m for 5400. */
export function formatGoDuration(seconds: number): string {
  const parts: [number, string][] = [
    [Math.floor(seconds / 3600), 'h'],
    [Math.floor(seconds / 60) % 60, 'm'],
    [seconds % 60, 's'],
  ];
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count}${unit}`])).join('');
}
