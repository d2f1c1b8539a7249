import { expect, test } from 'vitest'
import { bundleProgram } from './testing'

/** The leash, then a server that knows nothing of ours: what its first request says of itself. */
const PROGRAM = `import '@/supervisor/leash'
  import { createServer } from 'node:http'
  const server = createServer((request, response) => response.end(String(request.headers['x-forwarded-for'])))
  server.listen(0, '127.0.0.1', async () => {
    const headers = { 'x-forwarded-for': '198.51.100.1' }
    const answer = await fetch('http://127.0.0.1:' + server.address().port, { headers })
    process.stdout.write(await answer.text())
    process.exit()
  })`

test.each([
  ['', 'undefined'],
  ['0', 'undefined'],
  ['1', '198.51.100.1'],
])('of the very first request, with GLEANER_TRUST_PROXY=%s, the forwarded address is %s', async (proxies, seen) => {
  const program = await bundleProgram(PROGRAM, { GLEANER_TRUST_PROXY: proxies })
  expect((await program()).stdout).toBe(seen)
})
