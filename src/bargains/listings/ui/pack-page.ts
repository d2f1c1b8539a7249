import type { PushedPage } from '../schema'

/** The page as a request carries it: gzipped, in base64. */
export async function packPage(url: string, page: string | Blob): Promise<PushedPage> {
  const packed = new Blob([page]).stream().pipeThrough(new CompressionStream('gzip'))
  return { url, page: await base64Of(await new Response(packed).blob()) }
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error)
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ''))
    reader.readAsDataURL(blob)
  })
}
