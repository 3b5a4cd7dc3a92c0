import { holdsKey } from './keys';

/** A list of keys that remembers its answers, since most applications set the same few keys. */
export class KeyList {
  private readonly answers = new Map<string, boolean>();

  /** @param keys the keys; one that ends with `.` stands for all keys with this prefix */
  public constructor(private readonly keys: readonly string[]) {}

  public has(key: string): boolean {
    const answer = this.answers.get(key) ?? holdsKey(this.keys, key);
    this.answers.set(key, answer);
    return answer;
  }
}
