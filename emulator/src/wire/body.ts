import type { IncomingMessage } from "node:http";
import type { BodyFormat } from "./endpoint";
import { HttpError } from "./errors";

/** Reads the body of a request. One that does not have the format is refused before it is read, if its headers tell. */
export async function bodyOf(incoming: IncomingMessage, format: BodyFormat): Promise<unknown> {
  const { "transfer-encoding": encoding, "content-length": length, "content-type": type } = incoming.headers;
  const announced = Number(length ?? 0);
  if (encoding === undefined && announced === 0) return undefined;
  refuseTooLarge(announced, format);
  refuseOtherType(type, format);
  const text = await textOf(incoming, format);
  return text === "" ? undefined : format.parse(text);
}

async function textOf(incoming: IncomingMessage, format: BodyFormat): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of piecesOf(incoming)) {
    size += chunk.length;
    refuseTooLarge(size, format);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

async function* piecesOf(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    // The connection stays open for the answer, also if the rest is not wanted.
    yield* incoming.iterator({ destroyOnReturn: false });
  } catch {
    throw new HttpError(400, "The body broke off");
  }
}

function refuseTooLarge(size: number, { largest }: BodyFormat): void {
  if (size > largest) throw new HttpError(413, `The body must have at most ${largest} bytes`);
}

function refuseOtherType(header: string | undefined, { mediaType }: BodyFormat): void {
  const given = header?.split(";", 1)[0]?.trim().toLowerCase();
  if (given === mediaType) return;
  throw new HttpError(415, `The body must be ${mediaType}, but its Content-Type is ${given ?? "missing"}`);
}
