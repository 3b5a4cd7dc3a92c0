import { Duration } from 'cdk8s';

/** What is wrong with a duration that the manifest states in seconds, or `undefined`. */
export function wholeSecondsProblem(what: string, time: Duration | undefined, least: number): string | undefined {
  const seconds = time?.toSeconds({ integral: false });
  if (seconds === undefined || (Number.isInteger(seconds) && seconds >= least)) return undefined;
  return `${what} is ${seconds} s; give whole seconds, ${least} or more`;
}
