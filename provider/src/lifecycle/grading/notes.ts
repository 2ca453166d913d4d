/** Whether a note says the same as a stored one; an empty one may be stored or not. */
export const saysTheSame = (stored: string | undefined, note: string): boolean => (stored ?? "").trim() === note.trim();
