import { Guarantee } from '../guarantees/relaxation';

/** What a kind of application adds to its pods, and what it guarantees for them. */
export interface Profile {
  /** Whether the library adds to the pods what the guarantees require. */
  readonly isHardened: boolean;
  /** The guarantees that apply: none for a plain application, all that are not relaxed for a hardened one. */
  readonly guarantees: readonly Guarantee[];
}

export const PLAIN: Profile = { isHardened: false, guarantees: [] };
export const HARDENED: Profile = { isHardened: true, guarantees: Object.values(Guarantee) };

export function relaxed({ isHardened, guarantees }: Profile, relax: readonly Guarantee[]): Profile {
  return { isHardened, guarantees: guarantees.filter((guarantee) => !relax.includes(guarantee)) };
}
