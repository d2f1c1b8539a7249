import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/**
 * What S3 asks of a request: AWS Signature Version 4 in the Authorization header, over method, path, query, the signed
 * headers and the hash of the body. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */

export type Keys = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string }

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/
const MOST_SKEW = 15 * 60_000

/** Null where all is well, else the error code that S3 answers with. */
export function refusalOf(keys: Keys, request: IncomingMessage, body: Buffer): string | null {
  const parts = AUTHORIZATION.exec(request.headers.authorization ?? '')
  if (!parts) return 'AccessDenied'
  const [, accessKeyId = '', day = '', region = '', signed = '', signature = ''] = parts
  if (accessKeyId !== keys.accessKeyId) return 'InvalidAccessKeyId'
  const time = header(request, 'x-amz-date')
  if (!isNow(time, day)) return 'RequestTimeTooSkewed'
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => signed.split(';').includes(name)))
    return 'AccessDenied'
  const hash = header(request, 'x-amz-content-sha256')
  const scope = `${day}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonical(request, signed, hash))].join('\n')
  const wanted = sign(keys, day, text)
  if (region !== keys.region || !timingSafeEqual(Buffer.from(wanted), Buffer.from(signature)))
    return 'SignatureDoesNotMatch'
  return hash === 'UNSIGNED-PAYLOAD' || hash === sha256(body) ? null : 'XAmzContentSHA256Mismatch'
}

function isNow(time: string, day: string): boolean {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time)
  if (!parts || !time.startsWith(day)) return false
  const [, year, month, date, hour, minute, second] = parts
  const at = Date.parse(`${year}-${month}-${date}T${hour}:${minute}:${second}Z`)
  return Math.abs(Date.now() - at) <= MOST_SKEW
}

function canonical(request: IncomingMessage, signed: string, hash: string): string {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const headers = signed.split(';').map((name) => `${name}:${header(request, name).trim().replace(/\s+/g, ' ')}\n`)
  const asked = [...new URLSearchParams(query)].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort()
  const plain = decodeURIComponent(path).split('/').map(encode).join('/')
  return [request.method, plain, asked.join('&'), headers.join(''), signed, hash].join('\n')
}

function sign({ secretAccessKey, region }: Keys, day: string, text: string): string {
  const key = [day, region, 's3', 'aws4_request'].reduce(
    (before, part) => createHmac('sha256', before).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  )
  return createHmac('sha256', key).update(text).digest('hex')
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}

function header(request: IncomingMessage, name: string): string {
  return String(request.headers[name] ?? '')
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
