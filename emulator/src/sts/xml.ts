/** What an XML element may hold. */
export type XmlContent = string | number | Date | undefined | { [name: string]: XmlContent };

/** Writes elements; those without content are left out. */
export function xml(elements: Record<string, XmlContent>): string {
  return Object.entries(elements)
    .filter(([, content]) => content !== undefined)
    .map(([name, content]) => `<${name}>${written(content)}</${name}>`)
    .join("");
}

function written(content: XmlContent): string {
  // STS has whole seconds.
  if (content instanceof Date) return content.toISOString().replace(/\.\d+Z$/, "Z");
  return typeof content === "object" ? xml(content) : escaped(String(content));
}

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" };

// Characters that XML cannot carry at all become the replacement character.
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
