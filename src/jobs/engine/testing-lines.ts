import type { JobClient } from '../client'

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

export type Limit = { limit: number; key?: string; scope?: 'fn' | 'env' | 'account' }
type Data = { readonly n: number; readonly host?: string }

/** Counts how many steps run at a time: in all, and for each host. */
export function createGauge() {
  const now: Record<string, number> = {}
  const most: Record<string, number> = {}
  const order: number[] = []
  const count = (key: string, by: number) => {
    now[key] = (now[key] ?? 0) + by
    most[key] = Math.max(most[key] ?? 0, now[key])
  }
  return {
    most,
    order,
    work: async ({ n, host = 'none' }: Data, ms = 10) => {
      order.push(n)
      count('all', 1)
      count(host, 1)
      await pause(ms)
      count('all', -1)
      count(host, -1)
    },
  }
}

export function define(
  client: JobClient,
  id: string,
  concurrency: number | [Limit] | [Limit, Limit],
  gauge = createGauge(),
  ms = 10,
) {
  client.createFunction({ id, triggers: [{ event: id }], concurrency }, async ({ event, step }) => {
    const { n, host } = event.data
    await step.run('work', () => gauge.work({ n, host }, ms))
  })
  return gauge
}

/** Defines a job of limit 1 whose step `n` 0 waits until it is let go. */
export function defineHeld(client: JobClient, id: string, options: object = {}) {
  const began: number[] = []
  let letGo: () => void = () => undefined
  client.createFunction({ id, triggers: [{ event: id }], concurrency: 1, ...options }, async ({ event, step }) => {
    await step.run('work', async () => {
      began.push(event.data.n)
      if (event.data.n !== 0) return
      await new Promise<void>((resolve) => {
        letGo = resolve
      })
    })
  })
  return { began, letGo: () => letGo() }
}

export function send(client: JobClient, name: string, numbers: readonly number[], data: object = {}) {
  return client.send(numbers.map((n) => ({ name, data: { n, ...data } })))
}

export const range = (count: number) => Array.from({ length: count }, (_, n) => n)
