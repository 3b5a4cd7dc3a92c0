import { Guarantee } from '../guarantees/relaxation';

/** Which guarantees an application gives: a plain one gives none, a hardened one all that it does not relax. */
export class Profile {
  public static readonly PLAIN = new Profile(false, []);
  public static readonly HARDENED = new Profile(true, Object.values(Guarantee));

  private constructor(
    /** Whether the library adds to the pods what the guarantees ask for. */
    public readonly isHardened: boolean,
    private readonly given: readonly Guarantee[],
  ) {}

  public without(relaxed: readonly Guarantee[]): Profile {
    if (relaxed.length === 0) return this;
    return new Profile(
      this.isHardened,
      this.given.filter((guarantee) => !relaxed.includes(guarantee)),
    );
  }

  public guarantees(guarantee: Guarantee): boolean {
    return this.given.includes(guarantee);
  }
}
