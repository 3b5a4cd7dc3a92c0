import { told } from '../../problems/given';

/** A bucket that is made together with the permissions on it, by whoever applies them and never by a job. */
export interface NewBucket {
  /** Where it lies: a region of AWS such as `eu-central-1`, a location of Google Cloud such as `europe-west1` or `EU`. */
  readonly location: string;
}

/** What is wrong with a bucket that is to be made. */
export function newBucketProblems(newBucket: NewBucket | undefined): string[] {
  if (newBucket === undefined) return [];
  const location: unknown = newBucket?.location;
  if (typeof location === 'string' && /^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(location)) return [];
  return [`newBucket.location ${told(location)}; give a region or location such as "eu-central-1"`];
}
