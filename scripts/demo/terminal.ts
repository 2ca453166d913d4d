import { styleText } from "node:util";

/** What the audience sees. */

/** Whether the terminal wants colours; https://no-color.org */
export const COLOURS = process.stdout.isTTY === true && !process.env.NO_COLOR;

type Style = Parameters<typeof styleText>[0];
const styled = (style: Style, text: string) => (COLOURS ? styleText(style, text) : text);

let steps = 0;

/** Begins a step of the story. */
export function step(text: string): void {
  steps += 1;
  console.log(`\n${styled("bold", `${steps}. ${text}`)}`);
}

/** Says something beside the story. */
export function say(text: string): void {
  console.log(text);
}

/** Shows a command as a user types it. */
export function showCommand(line: string): void {
  console.log(styled("cyan", `$ ${line}`));
}

/** Shows a command's output as it comes, indented, and without the blank lines around it. */
export class OutputPane {
  private rest = "";
  private blank = 0;
  private isEmpty = true;

  write(text: string): void {
    const lines = (this.rest + text).split("\n");
    this.rest = lines.pop() ?? "";
    for (const line of lines) {
      this.show(line.trimEnd());
    }
  }

  end(): void {
    this.write("\n");
  }

  private show(line: string): void {
    if (line === "") {
      this.blank += 1;
      return;
    }
    console.log(`${"\n".repeat(this.isEmpty ? 0 : this.blank)}  ${line}`);
    this.blank = 0;
    this.isEmpty = false;
  }
}

/** Why the demo stops early. */
export class DemoError extends Error {}

/** Tells what was found to be so, and stops the demo when it is not. */
export function confirm(isSo: boolean, claim: string): void {
  if (!isSo) {
    throw new DemoError(`This is not so: ${claim}`);
  }
  console.log(`${styled("green", "✓")} ${claim}`);
}
