import { forgetOwn, homeOfProcess, isSurelyDead, nameOwn } from './liveness'
import { type EngineSql, openSql } from './sql'
import { FORGOTTEN_SECONDS, failOrphans, wakeForgotten } from './sweep'
import type { Engine } from './turn'
import { beat, giveBackIdle, neighbours, reapDead, type Worker } from './workers'

export type Watch = {
  readonly stop: () => Promise<void>
  /** Seconds since the database last took a sign of life. */
  readonly beatSeconds: () => number
}

type Pulse = { lastBeat: number; calmSince: number }

const SWEEP_MS = 2000
/** Every so many sweeps, what was forgotten is looked for. */
const LONG_ROUND = 5

/** Keeps this worker alive in the others' eyes, and takes over from those that are dead. */
export async function startWatch(
  engine: Engine,
  url: string,
  poolId: () => string,
  leaseSeconds: number,
): Promise<Watch> {
  // A connection of its own: a sign of life must not queue behind the runs' statements.
  const sql = openSql(url, 1)
  const me: Worker = { id: engine.workerId, poolId, home: homeOfProcess(), pid: process.pid }
  const pulse: Pulse = { lastBeat: performance.now(), calmSince: Number.NEGATIVE_INFINITY }
  nameOwn(me.id)
  await beat(sql, me)
  await sweep(engine, sql, me, pulse, leaseSeconds, 0)
  const stops = [
    repeat((leaseSeconds * 1000) / 5, engine, () => beatOnce(sql, me, pulse, leaseSeconds)),
    repeat(SWEEP_MS, engine, (round) => sweep(engine, sql, me, pulse, leaseSeconds, round)),
  ]
  return {
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()))
      await sql.end({ timeout: 1 })
      forgetOwn(me.id)
    },
    beatSeconds: () => (performance.now() - pulse.lastBeat) / 1000,
  }
}

/** After a gap (the database was away, the machine slept) all others look dead too: they get a lease's time to show up. */
async function beatOnce(sql: EngineSql, me: Worker, pulse: Pulse, leaseSeconds: number): Promise<void> {
  await beat(sql, me)
  const now = performance.now()
  if (now - pulse.lastBeat > leaseSeconds * 500) pulse.calmSince = now
  pulse.lastBeat = now
}

async function sweep(
  engine: Engine,
  sql: EngineSql,
  me: Worker,
  pulse: Pulse,
  leaseSeconds: number,
  round: number,
): Promise<void> {
  const dead = (await neighbours(sql, me)).filter(isSurelyDead).map(({ id }) => id)
  const calm = performance.now() - pulse.calmSince >= leaseSeconds * 1000
  const freed = calm || dead.length > 0 ? await reapDead(sql, calm ? leaseSeconds : 1e6, dead) : 0
  if (freed > 0) engine.log.warn({ runs: freed }, 'runs of a dead worker were taken over')
  await giveBackIdle(engine)
  if (round % LONG_ROUND === 0) {
    // At the start nothing is on its way, so that nothing is too young to be forgotten.
    await wakeForgotten(engine, round === 0 ? 0 : FORGOTTEN_SECONDS)
    await failOrphans(engine)
  }
}

/** Repeats `work` with a pause between; an error is told and the next round tries again. Answers how to end it. */
function repeat(ms: number, engine: Engine, work: (round: number) => Promise<void>): () => Promise<void> {
  let round = 0
  let running: Promise<void> = Promise.resolve()
  let timer = setTimeout(next, ms)
  function next(): void {
    round += 1
    running = work(round)
      .catch((error: unknown) => engine.log.warn({ err: error }, 'the job engine could not look after its workers'))
      .finally(() => {
        if (!engine.isStopping()) timer = setTimeout(next, ms)
      })
  }
  return () => {
    clearTimeout(timer)
    return running
  }
}
