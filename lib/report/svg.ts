import { html } from './escape';
import { Flow, Home, isShort, Lane, Picture, Port } from './picture';

const NODE = 30;

const NODE_GAP = 8;

const HOME_HEAD = 34;

interface PlacedLane {
  readonly drawing: LaneDrawing;
  readonly ports: readonly Port[];
  readonly y: number;
}

interface PlacedHome {
  readonly home: Home;
  readonly y: number;
  readonly height: number;
  /** The middle of each node, by its key. */
  readonly nodes: ReadonlyMap<string, number>;
}

/** Columns of the picture in CSS pixels. They are fixed, so the layout needs no graph library. */
const LEFT = 250;

const LANE_X = 360;

const LANE = 760;

const WIDTH = LANE_X + LANE;

const LINE = 17;

const GAP = 16;

/** How much of an em a character takes: of the fixed-width font, and about of the other. */
const MONO = 0.61;

const SANS = 0.56;

const PHRASE = 13 * SANS;

/** The kinds of text, with the width of a character. */
const KINDS = { name: 13 * MONO, title: 15 * MONO, minor: 12 * SANS, phrase: PHRASE };

type TextKind = keyof typeof KINDS;

const HEAD = 40;

const PORTS = 472;

const FLOW_X = LANE_X + PORTS;

const FLOW = LANE - PORTS - 16;

const PHRASES = 310;

/** The most that a name takes where a gist follows it. */
const NAME = 205;

const FLOW_PHRASES = FLOW - 44;

/** The picture as SVG; colours come from the style of the page. */
export function svg(picture: Picture, title: string): string {
  const lanes = placeLanes(picture);
  const homes = placeHomes(picture, lanes);
  const ends = [...lanes.map(endOf), ...homes.map(({ y, height }) => y + height), 40];
  const height = Math.ceil(Math.max(...ends) + 4);
  const nodeAt = new Map(homes.flatMap(({ nodes }) => [...nodes]));
  return [
    `<svg viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${html(title)}">`,
    ...homes.flatMap(drawHome),
    ...lanes.flatMap(({ drawing, y }) => drawing.draw(y)),
    ...lanes.flatMap(({ drawing, ports, y }) =>
      ports.map((port, index) => edge(port, nodeAt.get(port.from) ?? 0, y + drawing.ports[index])),
    ),
    '</svg>',
  ].join('\n');
}

function placeLanes(picture: Picture): PlacedLane[] {
  const full = !isShort(picture);
  let y = 2;
  return picture.lanes.map((lane) => {
    const placed = { drawing: new LaneDrawing(lane, full), ports: lane.ports, y };
    y = endOf(placed) + GAP;
    return placed;
  });
}

function endOf({ drawing, y }: PlacedLane): number {
  return y + drawing.height;
}

/** Each home as near to what it reaches as those above and below it allow. */
function placeHomes({ homes }: Picture, lanes: readonly PlacedLane[]): PlacedHome[] {
  const wished = homes.map((home) => {
    const keys = new Set(home.nodes.map(({ key }) => key));
    const reached = lanes.flatMap(({ drawing, ports, y }) =>
      drawing.ports.filter((_, index) => keys.has(ports[index].from)).map((port) => y + port),
    );
    const middle = reached.reduce((total, port) => total + port, 0) / reached.length;
    const height = HOME_HEAD + home.nodes.length * (NODE + NODE_GAP) + 4;
    return { home, height, wish: middle - height / 2 };
  });
  const bottom = Math.max(...lanes.map(endOf), 0);
  let above = 2;
  let below = wished.reduce((total, { height }) => total + height + GAP, -GAP);
  return wished
    .sort((a, b) => a.wish - b.wish)
    .map(({ home, height, wish }) => {
      const y = Math.max(above, Math.min(wish, bottom - below));
      above = y + height + GAP;
      below -= height + GAP;
      const middle = (index: number): number => y + HOME_HEAD + index * (NODE + NODE_GAP) + NODE / 2;
      return { home, y, height, nodes: new Map(home.nodes.map(({ key }, index) => [key, middle(index)])) };
    });
}

function drawHome({ home, y, height, nodes }: PlacedHome): string[] {
  return [
    `<rect class="home" x="1" y="${n(y)}" width="${LEFT - 2}" height="${n(height)}" rx="8"/>`,
    text(14, y + 22, home.title, 'minor', LEFT - 24),
    ...home.nodes.flatMap(({ key, label, hue }) => {
      const middle = nodes.get(key) ?? 0;
      return [
        `<rect class="node ${hue}" x="12" y="${n(middle - NODE / 2)}" width="${LEFT - 24}" height="${NODE}" rx="15"/>`,
        text(28, middle + 4.5, label, 'name', LEFT - 50),
      ];
    }),
  ];
}

function edge({ hue, reads }: Port, from: number, to: number): string {
  const way = `M${LEFT - 12} ${n(from)}C${LEFT + 60} ${n(from)} ${LANE_X - 60} ${n(to)} ${LANE_X - 4} ${n(to)}`;
  return arrow(hue, reads, way, LANE_X + 4, to);
}

/** One line; what does not fit is cut, and whole in the tooltip. */
function text(x: number, y: number, content: string, kind: TextKind, width: number, further = ''): string {
  const most = Math.max(Math.floor(width / KINDS[kind]), 2);
  const fits = content.length <= most;
  const whole = fits ? '' : `<title>${html(content)}</title>`;
  const shown = fits ? content : `${content.slice(0, most - 1)}…`;
  return `<text class="${kind}${further === '' ? '' : ` ${further}`}" x="${n(x)}" y="${n(y)}">${whole}${html(shown)}</text>`;
}

function widthOf(content: string, kind: TextKind): number {
  return content.length * KINDS[kind];
}

function phraseLines(x: number, y: number, phrases: readonly string[], width: number): string[] {
  return wrapped(phrases, width).map((line, index) => text(x, y + index * LINE, line, 'phrase', width + 20));
}

/** Phrases as lines that fit; those after the first of a phrase are indented. */
function wrapped(phrases: readonly string[], width: number): string[] {
  const most = Math.floor(width / PHRASE);
  return phrases.flatMap((phrase) => {
    const lines: string[] = [];
    for (const word of phrase.split(' ')) {
      const last = lines[lines.length - 1];
      if (last === undefined) lines.push(word);
      else if (last.length + word.length < most) lines[lines.length - 1] = `${last} ${word}`;
      else lines.push(`\u2003${word}`);
    }
    return lines;
  });
}

function arrow(kind: string, reads: boolean, way: string, x: number, y: number): string {
  const head = `<path class="head ${kind}" d="M${n(x - 9)} ${n(y - 5)}L${n(x)} ${n(y)}L${n(x - 9)} ${n(y + 5)}Z"/>`;
  return `<path class="edge ${kind}${reads ? ' reads' : ''}" d="${way}"/>${head}`;
}

/** Tenths of pixels, so that the bytes do not depend on the last digits of sums. */
function n(pixels: number): string {
  return String(Math.round(pixels * 10) / 10);
}

/** A lane with all phrases, or only with the first of each port. */
class LaneDrawing {
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
