import { pipeline, type Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'

/** The body, decompressed, is larger than we take. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge'
}

const DECODERS: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  br: createBrotliDecompress,
  deflate: createInflate,
}

/** The whole body as bytes, decompressed as `encoding` says. Throws `TooLarge` beyond `limit` bytes of plain content. */
export async function readBody(body: Readable, encoding: string | undefined, limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of decoded(body, encoding)) {
    size += chunk.length
    // Leaving the loop destroys the stream, and with it the connection: a bomb is not read to its end.
    if (size > limit) throw new TooLarge(`more than ${limit} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

function decoded(body: Readable, encoding = 'identity'): Readable {
  if (encoding === 'identity' || encoding === '') return body
  const decoder = DECODERS[encoding.trim().toLowerCase()]
  if (!decoder) throw new Error(`unknown content encoding ${encoding.slice(0, 40)}`)
  // The error of either stream surfaces where the decoder is read; the callback has nothing to add.
  return pipeline(body, decoder(), () => undefined)
}
