import { ResolvedApplication } from '../resolved-application';
import { RolePod } from './role-pod';

/** Claims that several pods write to, but that are not declared as shared. */
export function sharedClaimProblems(
  { maxExecutors, writableDirectories }: ResolvedApplication,
  driver: RolePod,
  executor: RolePod,
): string[] {
  const writers = new Map<string, number>();
  for (const { frame, count } of [
    { ...driver, count: 1 },
    { ...executor, count: maxExecutors },
  ]) {
    for (const claim of frame.writtenClaims) writers.set(claim, (writers.get(claim) ?? 0) + count);
  }
  const shared = new Set(
    writableDirectories
      .filter(({ _source }) => _source.claimOptions?.shared === true)
      .map(({ _source }) => _source.claim?.name),
  );
  return [...writers]
    .filter(([claim, count]) => count > 1 && !shared.has(claim))
    .map(
      ([claim, count]) =>
        `${count} pods write to the volume claim "${claim}"; give each its own with LocalDirectories.onDemandClaim or ` +
        'WritableDirectory.ephemeralClaim, mount it read-only, or say WritableDirectory.claim(..., { shared: true }) ' +
        'where its access mode is ReadWriteMany',
    );
}
