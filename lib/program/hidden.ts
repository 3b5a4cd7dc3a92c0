/**
 * What constructs of this library know of each other, and users do not: kept out of the interfaces that they implement and
 * call. The symbol is registered, so that it is the same in two copies of this package.
 */
export class Hidden<T> {
  private readonly key: symbol;

  /** @param kind the class of its owners, for the error that names it */
  public constructor(private readonly kind: string) {
    this.key = Symbol.for(`cdk8s-spark.${kind}`);
  }

  public set(owner: object, value: T): void {
    Object.defineProperty(owner, this.key, { value });
  }

  public has(owner: unknown): boolean {
    return typeof owner === 'object' && owner !== null && this.key in owner;
  }

  /** @throws if the owner is not one that this library made */
  public of(owner: object): T {
    if (!this.has(owner)) {
      throw new Error(
        `an object is used as a ${this.kind} that was not made by this library; pass one of ${this.kind}`,
      );
    }
    return (owner as { readonly [key: symbol]: T })[this.key];
  }
}
