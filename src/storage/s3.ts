import { createHash } from 'node:crypto'
import { AwsClient } from 'aws4fetch'
import { XMLParser } from 'fast-xml-parser'
import * as z from 'zod'
import { assertKey, assertPrefix, assertType, type BlobEntry, type Storage, storageRefused } from './storage'

export type Bucket = {
  /** Address of the server; the bucket's name comes after it, as every S3-compatible server understands. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

const TIMEOUT = 30_000
const RETRIES = 2

type Ask = (path: string, init?: RequestInit) => Promise<Response>

/** Blobs as objects of a bucket on AWS or on any server that speaks like it (MinIO, R2, B2, Garage …). */
export function createS3Storage(bucket: Bucket): Storage {
  const ask = askOf(bucket)
  return {
    kind: 's3',
    put: async (key, bytes, contentType) => {
      assertKey(key)
      assertType(contentType)
      await putObject(ask, key, bytes, contentType)
    },
    get: async (key) => {
      assertKey(key)
      const answer = await ask(key)
      if (await isMissing(answer)) return null
      const bytes = new Uint8Array(await (await fine(answer)).arrayBuffer())
      return { bytes, contentType: answer.headers.get('content-type') ?? 'application/octet-stream' }
    },
    delete: async (key) => {
      assertKey(key)
      const answer = await ask(key, { method: 'DELETE' })
      if (!(await isMissing(answer))) await (await fine(answer)).body?.cancel()
    },
    list: (prefix) => {
      assertPrefix(prefix)
      return listObjects(ask, prefix)
    },
    // An object is there when its put was answered, never in part.
    tidy: async () => {},
  }
}

/** Signed requests; the hash of the body is signed too, so that the server refuses what arrives otherwise. */
function askOf({ endpoint, bucket, region, accessKeyId, secretAccessKey }: Bucket): Ask {
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES })
  const root = `${endpoint.replace(/\/+$/, '')}/${bucket}`
  return async (path, init) => {
    try {
      const join = path.startsWith('?') ? '' : '/'
      return await client.fetch(`${root}${join}${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT) })
    } catch (error) {
      throw storageRefused('the S3 server does not answer', error)
    }
  }
}

async function putObject(ask: Ask, key: string, bytes: Uint8Array, contentType: string): Promise<void> {
  const digest = createHash('sha256').update(bytes).digest('hex')
  const headers = { 'content-type': contentType, 'x-amz-content-sha256': digest }
  const answer = await ask(key, { method: 'PUT', headers, body: Buffer.from(bytes) })
  await (await fine(answer)).body?.cancel()
}

/** Only this key is missing: a bucket that is not there is an error, or everything would seem to be lost. */
async function isMissing(answer: Response): Promise<boolean> {
  return answer.status === 404 && (await codeOf(answer.clone())) === 'NoSuchKey'
}

async function fine(answer: Response): Promise<Response> {
  if (answer.ok) return answer
  throw storageRefused(`the S3 server answers ${answer.status} ${await codeOf(answer)}`)
}

const xml = new XMLParser({ ignoreAttributes: true, parseTagValue: false, isArray: (name) => name === 'Contents' })
const refusalSchema = z.object({ Error: z.object({ Code: z.string() }) })
const listSchema = z.object({
  ListBucketResult: z.object({
    Contents: z
      .array(z.object({ Key: z.string(), Size: z.coerce.number(), LastModified: z.coerce.date() }))
      .default([]),
    NextContinuationToken: z.string().optional(),
  }),
})

async function codeOf(answer: Response): Promise<string> {
  const said = refusalSchema.safeParse(parse(await textOf(answer)))
  return said.success ? said.data.Error.Code : ''
}

async function* listObjects(ask: Ask, prefix: string): AsyncGenerator<BlobEntry> {
  let token: string | undefined
  do {
    const query = new URLSearchParams({ 'list-type': '2', prefix, ...(token && { 'continuation-token': token }) })
    const page = listSchema.safeParse(parse(await textOf(await fine(await ask(`?${query}`)))))
    if (!page.success) throw storageRefused('the S3 server lists nothing that can be read', page.error)
    const { Contents, NextContinuationToken } = page.data.ListBucketResult
    for (const { Key, Size, LastModified } of Contents) yield { key: Key, size: Size, modifiedAt: LastModified }
    token = NextContinuationToken
  } while (token !== undefined)
}

async function textOf(answer: Response): Promise<string> {
  try {
    return await answer.text()
  } catch (error) {
    throw storageRefused('the S3 server broke off', error)
  }
}

function parse(text: string): unknown {
  try {
    return xml.parse(text)
  } catch {
    // No XML: the shape that is asked of it next refuses undefined.
    return undefined
  }
}
