import { holdsKey } from './keys';

/** A list of keys that remembers what it was asked: most applications set the same few. */
export class KeyList {
  private readonly answers = new Map<string, boolean>();

  /** @param keys keys; one that ends with `.` stands for all that begin so */
  public constructor(private readonly keys: readonly string[]) {}

  public has(key: string): boolean {
    const answer = this.answers.get(key) ?? holdsKey(this.keys, key);
    this.answers.set(key, answer);
    return answer;
  }
}
