import { HadoopTraits, Store } from '../../storage/stores/store';
import { UsedStorage } from './storage-uses';
import { placementOf } from '../../storage/placement';

/** Settings of one Azure storage account do not affect another. */
const OF_ONE_ACCOUNT = /\.dfs\.core\.windows\.net$/;
const IDENTITY = 'their identity';

/**
 * Why an application cannot use its storages together. Hadoop has one configuration for all buckets of a scheme, and a pod has
 * one environment and one service account.
 */
export function storageConflicts(used: readonly UsedStorage[], traits: HadoopTraits): string[] {
  return used.flatMap((second, index) => {
    const before = used.slice(0, index);
    const sameScheme = before.find(
      ({ storage }) => schemeOf(placementOf(storage).store) === schemeOf(placementOf(second.storage).store),
    );
    return [
      ...(sameScheme === undefined ? [] : differences(sameScheme, second, traits)),
      ...mountConflicts(before, second),
    ];
  });
}

function schemeOf({ root }: Store): string {
  return root.split(':')[0];
}

function differences(first: UsedStorage, second: UsedStorage, traits: HadoopTraits): string[] {
  const [ours, theirs] = [first, second].map(({ storage }) => settingsOf(placementOf(storage).store, traits));
  return [...new Set([...Object.keys(ours), ...Object.keys(theirs)])]
    .filter((key) => ours[key] !== theirs[key])
    .sort()
    .map(
      (key) =>
        `${first.property} and ${second.property} are on storages that differ in ${key}, ` +
        `${ours[key] ?? 'not given'} and ${theirs[key] ?? 'not given'}; a job has one for all of ` +
        `${schemeOf(placementOf(first.storage).store)}: give ${first.storage.node.path} and ${second.storage.node.path} the same, ` +
        'or make two jobs',
    );
}

/** Settings that apply to all stores of one scheme in a pod. */
function settingsOf(store: Store, traits: HadoopTraits): Record<string, string> {
  const configuration = Object.entries(store.configuration(traits)).filter(([key]) => !OF_ONE_ACCOUNT.test(key));
  const facts = store.identity?._facts;
  const names = [
    ...Object.values(facts?.accountAnnotations ?? {}),
    ...(facts?.kind === 'eksPodIdentity' && facts.aws !== undefined ? [facts.aws.role] : []),
    ...(facts?.secret === undefined ? [] : [facts.secret.name]),
    ...(facts?.keyFile === undefined ? [] : [facts.keyFile.secret.name, facts.keyFile.key]),
  ];
  return {
    ...Object.fromEntries(configuration),
    ...store.variables,
    ...(facts === undefined ? {} : { [IDENTITY]: [`CloudIdentity.${facts.kind}`, ...names].join(' ') }),
  };
}

/** Two volumes cannot be mounted at one path. */
function mountConflicts(before: readonly UsedStorage[], { property, storage }: UsedStorage): string[] {
  const { claim } = placementOf(storage).store;
  if (claim === undefined) return [];
  return before
    .map((other) => ({ property: other.property, claim: placementOf(other.storage).store.claim }))
    .filter((other) => other.claim?.path === claim.path && other.claim.claim.name !== claim.claim.name)
    .map(
      (other) =>
        `${other.property} and ${property} mount the claims "${other.claim?.claim.name}" and ` +
        `"${claim.claim.name}" at ${claim.path}; give one of the storages another mountPath`,
    );
}
