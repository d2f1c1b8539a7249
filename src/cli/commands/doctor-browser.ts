import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createBrowserTransport } from '@/http/browser-transport'
import { findBrowser } from '@/http/find-browser'
import type { Fetched } from '@/http/transport'
import { userAgentOf } from '@/http/user-agent'
import { readSettings } from '@/supervisor/prepare'
import { type Answer, type Command, optional } from '../command'
import { ROOT } from '../with-deps'

/** A name that no resolver knows; the page behind it is ours. */
const HOST = 'doctor.invalid'
const PAGE = '<title>before</title><script>document.title = "its scripts ran"</script>'

/** `gleaner doctor browser`: whether the way by a real browser can be gone here. */
export const doctorBrowser: Command = {
  name: 'doctor browser',
  summary: 'Open a page in the browser that reads what refuses all else; exit code 1 when none opens.',
  usage: '[--url URL]',
  help: ['--url URL        that page, by one request; without it a page of our own, and nobody is asked'],
  options: { url: { type: 'string' } },
  words: 0,
  run: async (values) => {
    const settings = readSettings(ROOT)
    const executable = findBrowser(settings.GLEANER_BROWSER)
    if (executable === null) return bad(null, 'no browser here; GLEANER_BROWSER names one')
    const url = optional(values, 'url')
    const own = url === undefined ? await serveOwn() : null
    const origins = { ...settings.GLEANER_ORIGINS, ...own?.origins }
    const browser = createBrowserTransport({ origins, userAgent: userAgentOf(settings.GLEANER_CONTACT), executable })
    try {
      const fetched = await browser.fetch({ url: url ?? `http://${HOST}/` })
      return tell(executable, fetched, own !== null)
    } finally {
      await browser.close()
      own?.server.close()
    }
  },
}

type Own = { readonly server: Server; readonly origins: Readonly<Record<string, string>> }

async function serveOwn(): Promise<Own> {
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  // A server that listens on TCP has an address.
  const { port } = server.address() as AddressInfo
  return { server, origins: { [HOST]: `http://127.0.0.1:${port}` } }
}

function tell(executable: string, fetched: Fetched, isOwn: boolean): Answer {
  if (fetched.kind === 'failed') return bad(executable, `${fetched.reason}: ${fetched.detail}`)
  const html = Buffer.from(fetched.rendered ?? fetched.bytes).toString('utf8')
  const title = /<title>([^<]*)/.exec(html)?.[1]?.trim() ?? ''
  if (isOwn && title === 'before') return bad(executable, 'its scripts do not run')
  const json = { ok: true, executable, status: fetched.status, bytes: fetched.bytes.length, title }
  return { json, text: `${executable} opens pages: status ${fetched.status}, ${json.bytes} bytes, "${title}"` }
}

function bad(executable: string | null, detail: string): Answer {
  return { json: { ok: false, executable, detail }, text: `BAD ${detail}`, exitCode: 1 }
}
