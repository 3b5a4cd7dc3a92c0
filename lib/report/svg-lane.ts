import { Flow, Lane, Port } from './picture';
import { arrow, LANE, LANE_X, LINE, n, phraseLines, text, widthOf, wrapped } from './svg-shapes';

const HEAD = 40;
const PORTS = 472;
const FLOW_X = LANE_X + PORTS;
const FLOW = LANE - PORTS - 16;
const PHRASES = 310;
/** The most that a name takes where a gist follows it. */
const NAME = 205;
const FLOW_PHRASES = FLOW - 44;

/** A lane with all phrases, or only with the first of each port. */
export class LaneDrawing {
  public readonly height: number;
  /** The middle of the first line of each port, from the top of the lane. */
  public readonly ports: readonly number[];
  private readonly box: number;
  private readonly between: number;

  public constructor(
    private readonly lane: Lane,
    private readonly full: boolean,
  ) {
    this.box = full ? 40 : 28;
    this.between = full ? LINE + 22 : 18;
    const heights = lane.ports.map(({ phrases }) => (full ? (wrapped(phrases, PHRASES).length + 1) * LINE + 10 : 26));
    const start = HEAD + 16;
    this.ports = heights.map((_, index) => start + sum(heights.slice(0, index)));
    const flow =
      lane.flow === undefined
        ? 0
        : this.executorsAt(lane.flow) + this.box + this.linesOf(lane.flow.executorPhrases) + 14;
    this.height = Math.max(start + sum(heights) - 4, flow, HEAD + 6);
  }

  public draw(y: number): string[] {
    const { lane } = this;
    return [
      `<rect class="lane" x="${LANE_X}" y="${n(y)}" width="${LANE - 1}" height="${n(this.height)}" rx="8"/>`,
      text(LANE_X + 16, y + 25, lane.title, 'title', 440),
      text(LANE_X + LANE - 16, y + 25, lane.facts, 'minor', 290, 'end'),
      ...lane.ports.flatMap((port, index) => this.port(port, y + this.ports[index])),
      ...(lane.flow === undefined ? [] : this.flow(lane.flow, y)),
    ];
  }

  private port({ label, hue, phrases, gist }: Port, y: number): string[] {
    const x = LANE_X + 18;
    const name = text(x, y + 4.5, label, 'name', this.full ? PHRASES : NAME, hue);
    if (this.full) return [name, ...phraseLines(x, y + 4.5 + LINE, phrases, PHRASES)];
    const after = x + Math.min(widthOf(label, 'name'), NAME) + 12;
    return [name, text(after, y + 4.5, gist, 'phrase', FLOW_X - 66 - after)];
  }

  /** Application, driver and executors from top to bottom, and arrows from the ports that reach them. */
  private flow(flow: Flow, y: number): string[] {
    const driver = y + this.driverAt();
    const executors = y + this.executorsAt(flow);
    const middle = FLOW_X + 24;
    const box = (top: number, kind: string, what: string, name: string): string[] => [
      `<rect class="box ${kind}" x="${FLOW_X}" y="${n(top)}" width="${FLOW}" height="${this.box}" rx="6"/>`,
      text(FLOW_X + 12, top + (this.full ? 16 : 18), what, 'minor', FLOW - 20),
      this.full
        ? text(FLOW_X + 12, top + 32, name, 'name', FLOW - 20)
        : text(FLOW_X + 100, top + 18.5, name, 'name', FLOW - 110),
    ];
    const down = (from: number, to: number): string =>
      `<path class="edge run" d="M${middle} ${n(from)}V${n(to - 8)}"/>` +
      `<path class="head run" d="M${middle - 5} ${n(to - 9)}L${middle} ${n(to)}L${middle + 5} ${n(to - 9)}Z"/>`;
    const ends = { application: y + HEAD + this.box / 2, driver: driver + this.box / 2 };
    return [
      ...this.lane.ports.flatMap((port, index) =>
        port.targets.map((target, step) => this.reach(port, y + this.ports[index], ends[target], index, step)),
      ),
      ...box(y + HEAD, 'application', 'applications', flow.applications),
      down(y + HEAD + this.box, driver),
      ...box(driver, 'driver', 'drivers as', flow.drivers),
      down(driver + this.box, executors),
      ...box(executors, 'executor', 'executors as', flow.executors),
      ...(this.full
        ? [
            ...phraseLines(middle + 14, driver + this.box + 16, flow.driverPhrases, FLOW_PHRASES),
            ...phraseLines(middle + 14, executors + this.box + 16, flow.executorPhrases, FLOW_PHRASES),
          ]
        : []),
    ];
  }

  private driverAt(): number {
    return HEAD + this.box + this.between;
  }

  private executorsAt({ driverPhrases }: Flow): number {
    return this.driverAt() + this.box + (this.full ? this.linesOf(driverPhrases) + 20 : this.between);
  }

  private linesOf(phrases: readonly string[]): number {
    return this.full ? wrapped(phrases, FLOW_PHRASES).length * LINE : 0;
  }

  /** From a port, along a line of its own, to the box that it reaches. */
  private reach({ hue, reads, label, gist }: Port, from: number, to: number, index: number, step: number): string {
    const content = this.full
      ? widthOf(label, 'name')
      : Math.min(widthOf(label, 'name'), NAME) + widthOf(gist, 'phrase') + 12;
    const start = Math.min(LANE_X + 26 + content, FLOW_X - 60);
    const end = to + 4 * Math.min(index, 4) - 8;
    const bend = FLOW_X - 20 - 6 * index - 18 * step;
    const round = Math.min(8, Math.abs(end - from) / 2) * Math.sign(end - from);
    const way =
      `M${n(Math.min(start, bend - 10))} ${n(from)}H${bend - 8}Q${bend} ${n(from)} ${bend} ${n(from + round)}` +
      `V${n(end - round)}Q${bend} ${n(end)} ${bend + 8} ${n(end)}H${FLOW_X - 8}`;
    return arrow(hue, reads, way, FLOW_X, end);
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
