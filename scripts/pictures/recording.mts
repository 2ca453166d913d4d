/** Draws what the demo printed as a terminal that plays it, one step after the other. */

const SECONDS_PER_FRAME = 5;
const COLUMNS = 112;
const COLUMN_PX = 7.3;
const LINE_PX = 17;
const MARGIN_PX = 16;

/** Where a picture does not move, its first frame is all that shows. */
const STYLE = `
  text { font: 12px ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #c9d1d9; white-space: pre }
  .step { fill: #ffffff; font-weight: bold }
  .command { fill: #79c0ff }
  .confirmed { fill: #7ee787 }
  .failed { fill: #ff7b72 }
  .frame { visibility: hidden }
  .frame:first-of-type { visibility: visible }`;

export function recording(output: string): string {
  const frames = framesOf(output);
  const width = Math.ceil(COLUMNS * COLUMN_PX) + 2 * MARGIN_PX;
  const height = Math.max(...frames.map((lines) => lines.length)) * LINE_PX + 2 * MARGIN_PX;
  const share = (100 / frames.length).toFixed(2);
  const seconds = frames.length * SECONDS_PER_FRAME;
  const turns = `
  @keyframes turn { 0% { visibility: visible } ${share}%, 100% { visibility: hidden } }
  @media (prefers-reduced-motion: no-preference) { .frame { animation: turn ${seconds}s step-end infinite } }`;
  return `<svg width="${width}" height="${height}" xmlns="http://www.w3.org/2000/svg" xml:space="preserve">
<style>${STYLE}${turns}
</style>
<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>
${frames.map(frame).join("\n")}
</svg>
`;
}

/** A frame for each step, and one for the first two together. */
function framesOf(output: string): string[][] {
  const [, first = "", ...others] = output.split(/\n(?=\d+\. )/);
  const [second = "", ...rest] = others;
  return [`${first}\n${second}`, ...rest].map((step) => step.split("\n").filter(isKept));
}

/** A terminal writes the end of an operation over its beginning. Blank lines would only make every frame taller. */
const isKept = (line: string): boolean => line !== "" && !/ing( original| replacement)? \(0s\)/.test(line);

function frame(lines: readonly string[], index: number): string {
  const texts = lines.map((line, row) => {
    const kind = KINDS.find(([pattern]) => pattern.test(line))?.[1];
    const y = MARGIN_PX + (row + 0.75) * LINE_PX;
    return `<text x="${MARGIN_PX}" y="${y}"${kind ? ` class="${kind}"` : ""}>${escaped(cut(line))}</text>`;
  });
  const begins = `animation-delay: ${index * SECONDS_PER_FRAME}s`;
  return [`<g class="frame" style="${begins}">`, ...texts, "</g>"].join("\n");
}

const KINDS: readonly [RegExp, string][] = [
  [/^\d+\. /, "step"],
  [/^\$ /, "command"],
  [/^✓ /, "confirmed"],
  [/\berror: /, "failed"],
];

const cut = (line: string): string => (line.length > COLUMNS ? `${line.slice(0, COLUMNS - 1)}…` : line);

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
