import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'

/** Asks `/api/health` until it answers 200; `null` is that, else the last answer's text once the seconds are over. */
export async function awaitHealth(port: number, seconds: number): Promise<string | null> {
  const until = Date.now() + seconds * 1000
  for (;;) {
    const answer = await ask(`http://127.0.0.1:${port}/api/health`)
    if (answer.ok) return null
    if (Date.now() > until) return answer.text
    await sleep(100)
  }
}

type Answer = { readonly ok: boolean; readonly text: string }

/** By node's plain client: fetch would stay in memory, with 10 MB, for as long as the supervisor lives. */
function ask(url: string): Promise<Answer> {
  return new Promise((resolve) => {
    // Refused while the server starts: the caller asks again.
    const fail = (error: Error) => resolve({ ok: false, text: String(error) })
    const request = get(url, { agent: false, signal: AbortSignal.timeout(5_000) }, (response) => {
      text(response).then(
        (body) => resolve({ ok: response.statusCode === 200, text: `${response.statusCode} ${body.slice(0, 500)}` }),
        fail,
      )
    })
    request.once('error', fail)
  })
}
