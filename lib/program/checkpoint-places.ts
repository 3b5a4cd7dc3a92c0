import { IConstruct } from 'constructs';

/** Where applications write their checkpoints. Two must not share a folder, nor may one lie inside of another. */
export class CheckpointPlaces {
  private readonly writers = new Map<string, IConstruct>();
  /** For each folder one application whose checkpoint lies somewhere below. */
  private readonly below = new Map<string, IConstruct>();
  private readonly conflicts: string[] = [];

  public add(application: IConstruct, place: string): void {
    const folders = foldersAbove(place);
    this.compare(application, this.writers.get(place), `write one checkpoint, ${place}`);
    this.compare(application, this.below.get(place), `write checkpoints one inside of the other, in ${place}`);
    for (const folder of folders) {
      this.compare(application, this.writers.get(folder), `write checkpoints one inside of the other, in ${folder}`);
    }
    if (!this.writers.has(place)) this.writers.set(place, application);
    for (const folder of folders) if (!this.below.has(folder)) this.below.set(folder, application);
  }

  /** What is wrong, in an order that does not depend on that of the applications. */
  public get problems(): string[] {
    return [...this.conflicts].sort();
  }

  private compare(application: IConstruct, other: IConstruct | undefined, fault: string): void {
    if (other === undefined) return;
    const pair = [application.node.path, other.node.path].sort().join(' and ');
    this.conflicts.push(
      `${pair} ${fault}: give one of them another name, or storage with another prefix; one that only reads has checkpointOf`,
    );
  }
}

/** The folders that hold a path, from the outermost on. */
function foldersAbove(place: string): string[] {
  const parts = place.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
