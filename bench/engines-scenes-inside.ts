import { setTimeout as sleep } from 'node:timers/promises'
import { NonRetriableError, RetryAfterError } from 'inngest'
import type { JobClient } from '@/jobs/client'

/** Writes an effect; `who` names what has an order of its own. */
export type Note = (who: string, what: string) => Promise<void>

export type Scene = {
  readonly name: string
  /** Whether the effects of one `who` have a promised order. */
  readonly ordered: boolean
  /** How many effects are to be waited for. */
  readonly effects: number
  readonly define: (client: JobClient, note: Note) => void
  readonly send: (client: JobClient) => Promise<void>
  /** How long to look for effects that must not come, after those that must. */
  readonly quietMs?: number
}

const event = (name: string, data: Record<string, unknown> = {}) => ({ name: `agree/${name}`, data })

const fanOut: Scene = {
  name: 'fan-out',
  ordered: false,
  effects: 20,
  define: (client, note) => {
    client.createFunction({ id: 'fan', triggers: [{ event: 'agree/fan' }] }, async ({ step }) => {
      await step.sendEvent(
        'spread',
        Array.from({ length: 20 }, (_, n) => event('fanned', { n })),
      )
    })
    client.createFunction({ id: 'fanned', triggers: [{ event: 'agree/fanned' }] }, async ({ event, step }) => {
      await step.run('note', () => note('child', String(event.data.n)))
    })
  },
  send: async (client) => void (await client.send(event('fan'))),
}

const waits: Scene = {
  name: 'waits',
  ordered: true,
  effects: 5,
  define: (client, note) => {
    client.createFunction({ id: 'waits', triggers: [{ event: 'agree/waits' }] }, async ({ event, step }) => {
      const { id, timeout } = event.data
      await step.run('begin', () => note(id, 'begun'))
      const answer = await step.waitForEvent('answer', { event: 'agree/answer', timeout, match: 'data.id' })
      await step.run('end', () => note(id, answer ? `answered ${answer.data.with}` : 'null'))
      if (id === 'sleeper') await step.sleep('nap', '1s')
      if (id === 'sleeper') await step.run('awake', () => note(id, 'awake'))
    })
  },
  send: async (client) => {
    await client.send([
      event('waits', { id: 'answered', timeout: '20s' }),
      event('waits', { id: 'sleeper', timeout: '1s' }),
    ])
    // It must wait before its answer comes.
    await sleep(2000)
    await client.send(event('answer', { id: 'answered', with: 'yes' }))
  },
}

const retries: Scene = {
  name: 'retries',
  ordered: true,
  effects: 4,
  define: (client, note) => {
    client.createFunction(
      { id: 'retries', triggers: [{ event: 'agree/retries' }], retries: 3 },
      async ({ step, attempt }) => {
        await step.run('before', () => note('run', 'before'))
        await step.run('fails twice', async () => {
          await note('run', `try ${attempt}`)
          if (attempt < 2) throw new RetryAfterError('not yet', '1s')
        })
      },
    )
  },
  send: async (client) => void (await client.send(event('retries'))),
}

const failures: Scene = {
  name: 'failures',
  ordered: false,
  effects: 3,
  define: (client, note) => {
    const onFailure = async ({ error }: { error: Error }) => note('failed', error.message)
    client.createFunction(
      { id: 'fails', triggers: [{ event: 'agree/fails' }], retries: 3, onFailure },
      async ({ step }) => {
        await step.run('refuses', async () => {
          await note('step', 'tried')
          throw new NonRetriableError('never')
        })
      },
    )
    client.createFunction({ id: 'survives', triggers: [{ event: 'agree/fails' }], retries: 0 }, async ({ step }) => {
      const caught = await step.run('throws', () => Promise.reject(new Error('once'))).catch((error: Error) => error)
      await step.run('goes on', () => note('caught', String(caught?.message)))
    })
  },
  send: async (client) => void (await client.send(event('fails'))),
}

const cancel: Scene = {
  name: 'cancel',
  ordered: true,
  effects: 3,
  quietMs: 4000,
  define: (client, note) => {
    const cancelOn = [{ event: 'agree/stop', match: 'data.id' }]
    client.createFunction(
      { id: 'cancels', triggers: [{ event: 'agree/cancels' }], cancelOn },
      async ({ event, step }) => {
        await step.run('begin', () => note(event.data.id, 'begun'))
        await step.sleep('nap', '4s')
        await step.run('end', () => note(event.data.id, 'ended'))
      },
    )
  },
  send: async (client) => {
    await client.send([event('cancels', { id: 'stopped' }), event('cancels', { id: 'left' })])
    await sleep(2000)
    await client.send(event('stop', { id: 'stopped' }))
  },
}

const concurrency: Scene = {
  name: 'concurrency',
  ordered: true,
  effects: 12,
  define: (client, note) => {
    client.createFunction({ id: 'alone', triggers: [{ event: 'agree/alone' }], concurrency: 1 }, async ({ step }) => {
      await step.run('work', async () => {
        await note('all', 'begin')
        await sleep(30)
        await note('all', 'end')
      })
    })
  },
  send: async (client) => void (await client.send(Array.from({ length: 6 }, () => event('alone')))),
}

const crons: Scene = {
  name: 'crons',
  ordered: false,
  effects: 1,
  define: (client, note) => {
    let told = false
    client.createFunction({ id: 'minutely', triggers: [{ cron: '* * * * *' }] }, async ({ step }) => {
      await step.run('tick', async () => {
        // How many minutes a bench takes is nobody's promise.
        if (!told) await note('cron', 'tick')
        told = true
      })
    })
  },
  send: () => Promise.resolve(),
}

const invoke: Scene = {
  name: 'invoke',
  ordered: true,
  effects: 4,
  define: (client, note) => {
    const child = client.createFunction(
      { id: 'invoked', triggers: [{ event: 'agree/invoked' }], retries: 0 },
      async ({ event, step }) => {
        await step.run('work', () => note('child', `called with ${event.data.n}`))
        if (event.data.n === 2) throw new Error('not two')
        return Number(event.data.n) * 10
      },
    )
    client.createFunction({ id: 'invokes', triggers: [{ event: 'agree/invokes' }], retries: 0 }, async ({ step }) => {
      const result = await step.invoke('one', { function: child, data: { n: 1 } })
      await step.run('note one', () => note('parent', `result ${result}`))
      const failed = await step.invoke('two', { function: child, data: { n: 2 } }).then(
        () => 'no error',
        (error: Error) => error.message,
      )
      await step.run('note two', () => note('parent', `error ${failed}`))
    })
  },
  send: async (client) => void (await client.send(event('invokes'))),
}

const parallel: Scene = {
  name: 'parallel',
  ordered: false,
  effects: 7,
  define: (client, note) => {
    client.createFunction({ id: 'parallel', triggers: [{ event: 'agree/parallel' }] }, async ({ step }) => {
      const results = await Promise.all(
        Array.from({ length: 5 }, (_, n) => step.run(`side ${n}`, () => note('side', String(n)).then(() => n))),
      )
      await step.run('after', () => note('sum', String(results.reduce((sum, n) => sum + n, 0))))
      const [first] = await Promise.all([step.run('a', () => 'a'), step.sleep('b', '1s')])
      await step.run('last', () => note('last', first))
    })
  },
  send: async (client) => void (await client.send(event('parallel'))),
}

export const SCENES: readonly Scene[] = [
  fanOut,
  waits,
  retries,
  failures,
  cancel,
  concurrency,
  invoke,
  parallel,
  // Last, for it may take a minute.
  crons,
]
