import { cancelOverdue } from './cancel-overdue'
import { knownOf } from './known'
import { forgetOwn, homeOfProcess, isSurelyDead, nameOwn } from './liveness'
import { openPgPool } from './pg-pool'
import { type EngineSql, sqlOf } from './sql'
import { FORGOTTEN_SECONDS, failOrphans, unlockUnknown, wakeForgotten } from './sweep'
import type { Engine } from './turn'
import { beat, giveBackIdle, leaveLost, neighbours, reapDead, type Worker } from './workers'

export type Watch = {
  /** Gives a sign of life at once: the queue has its name now. */
  readonly beatNow: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Seconds since the database last took a sign of life. */
  readonly beatSeconds: () => number
}

const SWEEP_MS = 2000
/** Who was not seen for so much of a lease is dead: found by the next sweep, it is taken over within the lease. */
const DEAD_AFTER = 0.8
/** Every so many sweeps, what was forgotten is looked for. */
const LONG_ROUND = 5

/** A worker tells its queue's name within a moment; at a start nobody wants to wait a lease for one that did not. */
const UNSEEN_SECONDS = 2

type Watcher = {
  readonly engine: Engine
  /** A connection of its own: a sign of life must not queue behind the runs' statements. */
  readonly sql: EngineSql
  readonly me: Worker
  readonly leaseSeconds: number
  lastBeat: number
  calmSince: number
}

/** Keeps this worker alive in the others' eyes, and takes over from those that are dead. */
export async function startWatch(
  engine: Engine,
  url: string,
  poolIds: () => readonly string[],
  leaseSeconds: number,
): Promise<Watch> {
  const me = { id: engine.workerId, poolIds, home: homeOfProcess(), pid: process.pid, known: knownOf(engine.registry) }
  const times = { lastBeat: performance.now(), calmSince: Number.NEGATIVE_INFINITY }
  const watcher: Watcher = {
    engine,
    sql: sqlOf(openPgPool(url, 1, 'gleaner jobs', engine.log)),
    me,
    leaseSeconds,
    ...times,
  }
  nameOwn(me.id)
  await sweep(watcher, 0)
  const stops = [
    repeat((leaseSeconds * 1000) / 5, engine, () => beatOnce(watcher)),
    repeat(Math.min(SWEEP_MS, leaseSeconds * 200), engine, (round) => sweep(watcher, round)),
  ]
  return {
    beatNow: () => beatOnce(watcher),
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()))
      await watcher.sql.end()
      forgetOwn(me.id)
    },
    beatSeconds: () => (performance.now() - watcher.lastBeat) / 1000,
  }
}

/** After a gap (the database was away, the machine slept) all others look dead too: they get a lease's time to show up. */
async function beatOnce(watcher: Watcher): Promise<void> {
  await beat(watcher.sql, watcher.me)
  const now = performance.now()
  if (now - watcher.lastBeat > watcher.leaseSeconds * 500) watcher.calmSince = now
  watcher.lastBeat = now
}

async function sweep(watcher: Watcher, round: number): Promise<void> {
  const { engine, leaseSeconds } = watcher
  // First, so that after an outage this worker neither takes its own runs for a dead one's, nor those of others.
  await beatOnce(watcher)
  await takeOver(watcher)
  await giveBackIdle(engine)
  await leaveLost(engine)
  await cancelOverdue(engine)
  if (round % LONG_ROUND !== 0) return
  // At the start nothing is on its way, so that nothing is too young to be forgotten.
  await wakeForgotten(engine, round === 0 ? 0 : FORGOTTEN_SECONDS)
  await failOrphans(engine)
  await unlockUnknown(engine, round === 0 ? UNSEEN_SECONDS : leaseSeconds)
}

async function takeOver({ engine, sql, me, leaseSeconds, calmSince }: Watcher): Promise<void> {
  const dead = (await neighbours(sql, me)).filter(isSurelyDead).map(({ id }) => id)
  const calm = performance.now() - calmSince >= leaseSeconds * 1000
  const freed = await reapDead(sql, calm ? leaseSeconds * DEAD_AFTER : Number.POSITIVE_INFINITY, dead)
  if (freed > 0) engine.log.warn({ runs: freed }, 'runs of a dead worker were taken over')
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
