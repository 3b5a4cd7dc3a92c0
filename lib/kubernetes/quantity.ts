const SUFFIXES: Record<string, number> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/**
 * The number that a Kubernetes quantity stands for, or `undefined` if it is not a quantity.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
export function parseQuantity(quantity: string | number): number | undefined {
  const match = /^([+-]?(?:\d+\.?\d*|\.\d+))(?:[eE]([+-]?\d+)|([numkMGTPE]|[KMGTPE]i)?)$/.exec(String(quantity));
  if (match === null) return undefined;
  const [, amount, exponent, suffix] = match;
  return Number(amount) * (exponent === undefined ? SUFFIXES[suffix ?? ''] : 10 ** Number(exponent));
}

/**
 * A size in Kubernetes' canonical form: `1Gi`, not `1024Mi`. The operator's webhook rewrites every other form in a custom
 * resource, so a GitOps tool would report a difference after every sync.
 *
 * @param mebibytes the size, a whole number
 */
export function binaryQuantity(mebibytes: number): string {
  const units = ['Mi', 'Gi', 'Ti', 'Pi'];
  let amount = mebibytes;
  let unit = 0;
  while (amount !== 0 && amount % 1024 === 0 && unit < units.length - 1) {
    amount /= 1024;
    unit++;
  }
  return `${amount}${units[unit]}`;
}
