import type { IncomingMessage } from 'node:http'
import { readBody, urlOf } from '../http.ts'
import type { Params } from './wire.ts'

export type Upload = { readonly name: string; readonly type: string; readonly bytes: Buffer }

/** Parameters of a call: query, JSON, urlencoded or multipart, as the Bot API takes them. Files are `Upload`s by field name. */
export async function readParams(request: IncomingMessage): Promise<Params> {
  const query = Object.fromEntries([...urlOf(request).searchParams].map(([key, value]) => [key, unpacked(value)]))
  const type = request.headers['content-type'] ?? ''
  const body = await readBody(request)
  if (body.length === 0) return query
  if (type.includes('json')) return { ...query, ...(JSON.parse(body.toString()) as Params) } // the Bot API takes an object only
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()
  const fields: Record<string, unknown> = { ...query }
  for (const [key, value] of form) fields[key] = typeof value === 'string' ? unpacked(value) : await upload(value)
  return fields
}

async function upload(file: File): Promise<Upload> {
  return { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) }
}

/** In forms, objects and lists travel as JSON text. */
function unpacked(value: string): unknown {
  if (!/^[[{]/.test(value)) return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}

export function isUpload(value: unknown): value is Upload {
  return typeof value === 'object' && value !== null && 'bytes' in value
}
