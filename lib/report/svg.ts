import { html } from './escape';
import { Home, isShort, Picture, Port } from './picture';
import { LaneDrawing } from './svg-lane';
import { arrow, GAP, LANE_X, LEFT, n, text, WIDTH } from './svg-shapes';

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
