import { NetworkRule } from '../../job-namespace/network/network-peer';

/** A connection that jobs need, and the name under which their namespace allows it. */
export interface NamedRule {
  readonly name: string;
  readonly rule: NetworkRule;
}
