/** Text as AWS measures it. */

/** The length in Unicode characters, which AWS counts (Smithy's `length` trait); JavaScript counts UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;

const LONGEST_QUOTE = 140;

/** The beginning of a text, for messages. */
export const clip = (text: string): string =>
  lengthOf(text) > LONGEST_QUOTE ? `${[...text].slice(0, LONGEST_QUOTE).join("")}…` : text;
