/** The line of a failure's text that tells most, without what belongs to this machine. */
export function reasonOf(text: string, folder: string, known?: string): string {
  const lines = text
    .replaceAll(folder, ".")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const telling =
    lines.find((line) => known !== undefined && line.includes(known)) ??
    lines.find((line) => TELLING.test(line)) ??
    lines.at(-1) ??
    "";
  return telling
    .replaceAll(/https?:\/\/\S+/g, "…")
    .replace(/^.*?\berror: /i, "")
    .replace(/:$/, "")
    .slice(0, 250);
}

const TELLING = /error\b|cannot find/i;
