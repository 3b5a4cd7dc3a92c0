import { mermaid } from './escape';
import { Flow, Hue, isShort, Lane, overview, Picture } from './picture';
import { AccessReportData } from './report-data';

const HUES: readonly { readonly hue: Hue; readonly style: string }[] = [
  { hue: 'submitter', style: 'fill:#f3ecfa,stroke:#6a3a9e,color:#18202c' },
  { hue: 'operator', style: 'fill:#e4f3f1,stroke:#0b6158,color:#18202c' },
  { hue: 'other', style: 'fill:#fdf1df,stroke:#8a4b00,color:#18202c' },
];

/** The overview as a flow chart of Mermaid, which GitHub and GitLab draw in Markdown. */
export function mermaidReport(data: AccessReportData): string {
  const picture = overview(data);
  const ids = new Map(picture.homes.flatMap(({ nodes }) => nodes).map(({ key }, index) => [key, `i${index + 1}`]));
  const hues = new Set(picture.homes.flatMap(({ nodes }) => nodes).map(({ hue }) => hue));
  const lines = [
    'flowchart LR',
    ...picture.homes.flatMap(({ title, nodes }, index) => [
      `  subgraph h${index + 1}["${mermaid(title)}"]`,
      ...nodes.map(({ key, label, hue }) => `    ${ids.get(key)}(["${mermaid(label)}"]):::${hue}`),
      '  end',
    ]),
    ...picture.lanes.flatMap((lane, index) => laneLines(lane, index + 1)),
    ...edges(picture, ids),
    ...HUES.filter(({ hue }) => hues.has(hue)).map(({ hue, style }) => `  classDef ${hue} ${style}`),
  ];
  return `${lines.join('\n')}\n`;
}

function laneLines({ title, facts, flow }: Lane, number: number): string[] {
  const head = `${mermaid(title)}<br/>${mermaid(facts)}`;
  if (flow === undefined) return [`  n${number}["${head}"]`];
  return [
    `  subgraph n${number}["${head}"]`,
    `    a${number}["applications<br/>${mermaid(flow.applications)}"]`,
    `    d${number}["drivers as<br/>${mermaid(flow.drivers)}"]`,
    `    e${number}["executors as<br/>${mermaid(flow.executors)}<br/>${phrases(flow.executorPhrases)}"]`,
    '  end',
  ];
}

function edges(picture: Picture, ids: ReadonlyMap<string, string>): string[] {
  const short = isShort(picture);
  return picture.lanes.flatMap(({ ports, flow }, index) => [
    ...ports.map(({ from, phrases: does, gist, reads, targets }) => {
      const [target] = targets;
      const end = flow === undefined || target === undefined ? `n${index + 1}` : `${target[0]}${index + 1}`;
      return `  ${ids.get(from)} ${reads ? '-.->' : '-->'}|"${short ? mermaid(gist) : phrases(does)}"| ${end}`;
    }),
    ...(flow === undefined ? [] : flowEdges(flow, index + 1, short)),
  ]);
}

function flowEdges({ driverPhrases }: Flow, number: number, short: boolean): string[] {
  const label = short ? '' : `|"${phrases(driverPhrases)}"|`;
  return [`  a${number} --> d${number}`, `  d${number} -->${label} e${number}`];
}

function phrases(given: readonly string[]): string {
  return given.map(mermaid).join('<br/>');
}
