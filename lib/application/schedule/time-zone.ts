import { TIME_ZONE_NAMES } from './time-zone-names';

/**
 * What is wrong with the name of a time zone, or `undefined`.
 *
 * The controller looks up the exact name, so case matters. It takes an empty name and `Local` for the time zone of its own pod,
 * which no reader of the manifest can know.
 */
export function timeZoneProblem(name: string): string | undefined {
  if (TIME_ZONE_NAMES.includes(name)) return undefined;
  const meant = TIME_ZONE_NAMES.find((known) => known.toLowerCase() === name.toLowerCase());
  return `the time zone ${JSON.stringify(name)} is no IANA name; use ${meant ?? 'one such as Europe/Berlin or Etc/UTC'}`;
}
