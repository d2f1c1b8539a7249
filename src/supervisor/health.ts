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

async function ask(url: string): Promise<Answer> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) })
    return { ok: response.ok, text: `${response.status} ${(await response.text()).slice(0, 500)}` }
  } catch (error) {
    // Refused while the server starts: the caller asks again.
    return { ok: false, text: String(error) }
  }
}
