import { isLoopback } from '../http.ts'
import { hexOf } from '../random.ts'
import { isUpload } from './body.ts'
import { badRequest, type Params, type Photo } from './wire.ts'

/** Photos by address (Telegram fetches them itself), by file id, or uploaded. */

const LIMIT_BY_URL = 5 * 1024 * 1024

export type Photos = {
  readonly take: (value: unknown, params: Params) => Promise<Photo>
  readonly get: (fileId: string) => Photo | undefined
}

export function makePhotos(): Photos {
  const known = new Map<string, Photo>()
  const keep = (url: string, bytes: Buffer, type: string): Photo => {
    const fileId = `AgACAgQAAx${hexOf(`${url}/${bytes.length}/${known.size}`, 40)}`
    const photo = { url, fileId, bytes, type }
    known.set(fileId, photo)
    return photo
  }
  const take = async (value: unknown, params: Params): Promise<Photo> => {
    const attached = typeof value === 'string' && value.startsWith('attach://') ? params[value.slice(9)] : value
    if (isUpload(attached)) return keep('', checkedPicture(attached.bytes), attached.type)
    const text = typeof attached === 'string' ? attached : ''
    if (text === '') throw badRequest('there is no photo in the request')
    const byId = known.get(text)
    if (byId !== undefined) return byId
    if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) throw badRequest('wrong file identifier/HTTP URL specified')
    const { bytes, type } = await fetched(new URL(text))
    return keep(text, bytes, type)
  }
  return { take, get: (fileId) => known.get(fileId) }
}

/** Nothing but loopback is ever contacted: any other host counts as one that does not answer. */
async function fetched(url: URL): Promise<{ bytes: Buffer; type: string }> {
  const failed = badRequest('failed to get HTTP URL content')
  if (!isLoopback(url)) throw failed
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5000) }).catch(() => null)
  if (response === null || response.status !== 200) throw failed
  const type = response.headers.get('content-type') ?? ''
  const bytes = Buffer.from(await response.arrayBuffer().catch(() => new ArrayBuffer(0)))
  if (!type.startsWith('image/')) throw badRequest('wrong type of the web page content')
  if (bytes.length > LIMIT_BY_URL) throw failed
  return { bytes: checkedPicture(bytes), type }
}

function checkedPicture(bytes: Buffer): Buffer {
  const head = bytes.subarray(0, 4).toString('latin1')
  const isPicture = head === '\x89PNG' || head.startsWith('\xff\xd8\xff') || head === 'GIF8' || head === 'RIFF'
  if (!isPicture) throw badRequest('IMAGE_PROCESS_FAILED')
  return bytes
}
