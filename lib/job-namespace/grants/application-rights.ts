import { ApplicationKind } from '../../spark/application-kind';
import { Right } from '../identities/rights';

/** A right on the applications of the kinds that are granted, or on a subresource of them. */
export interface ApplicationRight {
  readonly subresource?: 'status';
  readonly verbs: readonly string[];
  readonly reason: string;
}

/** These rights on applications of these kinds. */
export function onApplications(rights: readonly ApplicationRight[], kinds: readonly ApplicationKind[]): Right[] {
  return rights.map(({ subresource, verbs, reason }) => ({
    apiGroups: ['sparkoperator.k8s.io'],
    resources: kinds.map((kind) => (subresource === undefined ? kind : `${kind}/${subresource}`)),
    verbs,
    reason,
  }));
}
