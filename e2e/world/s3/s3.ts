import type { IncomingMessage, ServerResponse } from 'node:http'
import { listen, readBody, sendText, urlOf } from '../http.ts'
import { refusalOf } from './check-signature.ts'

/** An S3 server with one bucket, in memory: PUT, GET, DELETE and ListObjectsV2, refusing what is not signed well. */

export type S3Object = { readonly bytes: Buffer; readonly contentType: string; readonly modifiedAt: Date }

export type S3 = {
  readonly origin: string
  /** What the app needs to know to keep its files here. */
  readonly env: () => Record<string, string>
  readonly objects: ReadonlyMap<string, S3Object>
  /** The next so many requests fail with this status. */
  readonly failNext: (count: number, status?: number) => void
  readonly reset: () => void
  readonly close: () => Promise<void>
}

const BUCKET = 'gleaner'
const KEYS = { accessKeyId: 'WORLDKEY', secretAccessKey: 'world-secret', region: 'eu-central-1' }

/** `pageSize`: how many keys a listing names at once. */
export async function startS3(options: { host: string; port: number; pageSize?: number }): Promise<S3> {
  const objects = new Map<string, S3Object>()
  const fault = { left: 0, status: 503 }
  const server = await listen(
    async (request, response) => {
      const body = await readBody(request)
      if (fault.left > 0) {
        fault.left--
        return refuse(response, fault.status, 'SlowDown')
      }
      const refusal = refusalOf(KEYS, request, body)
      if (refusal !== null) return refuse(response, 403, refusal)
      answer(objects, options.pageSize ?? 1000, { request, response, body })
    },
    options.host,
    options.port,
  )
  const origin = `http://${options.host}:${server.port}`
  return {
    origin,
    env: () => ({
      S3_ENDPOINT: origin,
      S3_BUCKET: BUCKET,
      S3_REGION: KEYS.region,
      S3_ACCESS_KEY_ID: KEYS.accessKeyId,
      S3_SECRET_ACCESS_KEY: KEYS.secretAccessKey,
    }),
    objects,
    failNext: (count, status = 503) => void Object.assign(fault, { left: count, status }),
    reset: () => {
      objects.clear()
      fault.left = 0
    },
    close: server.close,
  }
}

type Asked = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly body: Buffer }

function answer(objects: Map<string, S3Object>, pageSize: number, { request, response, body }: Asked): void {
  const url = urlOf(request)
  const [, bucket, ...rest] = decodeURIComponent(url.pathname).split('/')
  const key = rest.join('/')
  if (bucket !== BUCKET) refuse(response, 404, 'NoSuchBucket')
  else if (key === '') sendText(response, 200, listing(objects, url.searchParams, pageSize), 'application/xml')
  else if (request.method === 'PUT') {
    objects.set(key, { bytes: body, contentType: typeOf(request), modifiedAt: new Date() })
    sendText(response, 200, '', 'text/plain')
  } else if (request.method === 'DELETE') {
    objects.delete(key)
    response.writeHead(204).end()
  } else sendObject(response, objects.get(key))
}

function typeOf(request: IncomingMessage): string {
  return request.headers['content-type'] ?? 'binary/octet-stream'
}

function sendObject(response: ServerResponse, found: S3Object | undefined): void {
  if (found) sendText(response, 200, found.bytes, found.contentType)
  else refuse(response, 404, 'NoSuchKey')
}

function listing(objects: ReadonlyMap<string, S3Object>, query: URLSearchParams, pageSize: number): string {
  const after = query.get('continuation-token') ?? ''
  const keys = [...objects.keys()].filter((key) => key.startsWith(query.get('prefix') ?? '') && key > after).sort()
  const shown = keys.slice(0, pageSize)
  const more = keys.length > shown.length ? (shown.at(-1) ?? '') : null
  const contents = shown.map((key) => contentsOf(key, objects.get(key)))
  const next =
    more === null
      ? '<IsTruncated>false</IsTruncated>'
      : `<IsTruncated>true</IsTruncated><NextContinuationToken>${more}</NextContinuationToken>`
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${next}${contents.join('')}</ListBucketResult>`
}

function contentsOf(key: string, found: S3Object | undefined): string {
  const modified = found?.modifiedAt.toISOString()
  return `<Contents><Key>${key}</Key><LastModified>${modified}</LastModified><Size>${found?.bytes.length}</Size></Contents>`
}

function refuse(response: ServerResponse, status: number, code: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`
  sendText(response, status, body, 'application/xml')
}
