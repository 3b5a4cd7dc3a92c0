import { Guarantee } from '../guarantees/relaxation';

/** What a kind of application adds to its pods, and what it promises of them. */
export interface Profile {
  /** Whether the library adds to the pods what the guarantees ask for. */
  readonly isHardened: boolean;
  /** The guarantees that are kept: none of a plain application, and of a hardened one all that it does not relax. */
  readonly guarantees: readonly Guarantee[];
}

export const PLAIN: Profile = { isHardened: false, guarantees: [] };
export const HARDENED: Profile = { isHardened: true, guarantees: Object.values(Guarantee) };

export function relaxed({ isHardened, guarantees }: Profile, relax: readonly Guarantee[]): Profile {
  return { isHardened, guarantees: guarantees.filter((guarantee) => !relax.includes(guarantee)) };
}
