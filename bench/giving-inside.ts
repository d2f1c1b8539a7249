import { join } from 'node:path'
import { asc, sql } from 'drizzle-orm'
import type { Ctx } from '@/accounts/context'
import { runAsJob } from '@/accounts/gate'
import type { Role } from '@/accounts/rules-permissions'
import { members, workspaces } from '@/accounts/table'
import { createTestDeps, createTestWorkspace } from '@/accounts/testing'
import { generateWorkspace } from '@/cli/commands/generate-workspace'
import { closeDatabase, type Database, openDatabase } from '@/db/client'
import { type EmbeddedServer, startEmbeddedServer } from '@/db/embedded/server'
import { migrateDatabase } from '@/db/migrate'
import { withSystem } from '@/db/scope'
import { checkWorkspace } from '@/giving/care/check-workspace'
import { sendSummaries } from '@/giving/care/send-summaries'
import { checkLedger } from '@/giving/gifts/check-ledger'
import { joinTestMember } from '@/giving/testing'
import { mintWorkspaceId, type WorkspaceId } from '@/kernel/ids'
import { createTestContext, createTestWebDeps, sessionOf } from '@/trpc/testing'
import { type Callers, callerFrom, screensOf } from './giving-screens-inside'
import { recordStatements, scannedTables } from './plans-inside'
import { residentMegabytes, watchMost } from './proc-inside'

type Place = { readonly root: string; readonly directory: string; readonly contacts: number }

const RUNS = Number(process.env.BENCH_GIVING_RUNS ?? 40)
const MEMBERS = 20
const ROLES: readonly Role[] = ['staff', 'staff', 'staff', 'admin', 'finance', 'viewer']

async function onServer<T>(
  { root, directory }: Place,
  work: (db: Database, server: EmbeddedServer) => Promise<T>,
): Promise<T> {
  const server = await startEmbeddedServer({ root, directory })
  const db = openDatabase({ url: server.url, max: 4 })
  try {
    return await work(db, server)
  } finally {
    await closeDatabase(db)
    await server.stop()
  }
}

/** A workspace with 20 members; the one that is there, if its database was kept. */
export function fillWorkspace(place: Place): Promise<void> {
  return onServer(place, async (db, { url }) => {
    await migrateDatabase(url, join(place.root, 'drizzle'))
    if (await findWorkspace(db)) return
    const from = performance.now()
    const mine = await createTestWorkspace(db)
    for (let n = 1; n < MEMBERS; n++) await joinTestMember(db, mine, ROLES[n % ROLES.length] ?? 'staff')
    const { contacts } = place
    const size = { contacts, gifts: contacts * 20, pledges: Math.floor(contacts * 0.3), seed: 1 }
    await generateWorkspace(createTestDeps(db), mine.workspaceId, { size, say: (...done) => console.log(...done) })
    console.log(`filled in ${Math.round((performance.now() - from) / 1000)} s`)
  })
}

async function findWorkspace(db: Database): Promise<WorkspaceId | null> {
  return withSystem(db, 'bench', async (tx) => {
    const [row] = await tx.select({ id: workspaces.id }).from(workspaces).limit(1)
    return row ? mintWorkspaceId(row.id) : null
  })
}

export type ScreenFigure = {
  readonly screen: string
  readonly p50: number
  readonly p95: number
  readonly scans: readonly string[]
}
export type OnceFigure = {
  readonly what: string
  readonly seconds: number
  readonly said: string
  readonly scans: string
}

/** Every screen many times, and what happens once a day or a week. */
export function measureGiving(
  place: Place,
): Promise<{ contacts: number; screens: ScreenFigure[]; once: OnceFigure[]; megabytes: number }> {
  return onServer(place, async (db) => {
    const recorder = recordStatements(db)
    const workspaceId = await findWorkspace(db)
    if (!workspaceId) throw new Error('nothing was filled')
    const memory = watchMost(() => residentMegabytes(process.pid))
    const screens: ScreenFigure[] = []
    const only = process.env.BENCH_GIVING_ONLY
    const callers = await callersOf(db, workspaceId)
    for (const { screen, call } of await screensOf(callers)) {
      if (only && !screen.includes(only)) continue
      const scans = await scannedTables(db, workspaceId, await recorder.record(() => call(0)))
      const figure = { screen, ...(await timesOf(call)), scans }
      console.log(figure.screen, figure.p50, figure.p95, ...scans)
      screens.push(figure)
    }
    const once = only ? [] : await measureOnce(db, workspaceId, (work) => recorder.record(work))
    const megabytes = Math.round(memory.most())
    once.push({ what: 'memory of the process', seconds: 0, said: `${megabytes} MB`, scans: '' })
    memory.stop()
    return { contacts: place.contacts, screens, once, megabytes }
  })
}

async function timesOf(call: (n: number) => Promise<unknown>): Promise<{ p50: number; p95: number }> {
  const times: number[] = []
  for (let n = -3; n < RUNS; n++) {
    const from = performance.now()
    await call(n + 3)
    if (n >= 0) times.push(performance.now() - from)
  }
  times.sort((a, b) => a - b)
  const at = (share: number) => Math.round((times[Math.ceil(times.length * share) - 1] ?? 0) * 10) / 10
  return { p50: at(0.5), p95: at(0.95) }
}

async function callersOf(db: Database, workspaceId: WorkspaceId): Promise<Callers> {
  const deps = createTestWebDeps(db)
  const rows = await withSystem(db, 'bench', (tx) =>
    tx.select().from(members).where(sql`workspace_id = ${workspaceId}`).orderBy(asc(members.id)),
  )
  const callerOf = (role: Role) => {
    const member = rows.find((row) => row.role === role)
    if (!member) throw new Error(`no ${role}`)
    const own = { workspaceId, memberId: member.id, userId: member.userId }
    return { member, caller: callerFrom(createTestContext(deps, sessionOf(own, role))) }
  }
  const [owner, staff] = [callerOf('owner'), callerOf('staff')]
  return { owner: owner.caller, staff: staff.caller, staffId: staff.member.id }
}

type Record = (work: () => Promise<unknown>) => Promise<readonly { text: string; values: readonly unknown[] }[]>

/** What the worker does once a day and once a week, whole in a transaction that is taken back: a kept database stays as it is. */
async function measureOnce(db: Database, workspaceId: WorkspaceId, record: Record): Promise<OnceFigure[]> {
  const figures: OnceFigure[] = []
  const day = (days: number) => new Date(Date.now() + days * 86_400_000)
  const time = async (what: string, work: () => Promise<unknown>) => {
    const from = performance.now()
    let said: unknown
    const statements = await record(async () => {
      said = await work()
    })
    const seconds = Math.round(performance.now() - from) / 1000
    const scans = (await scannedTables(db, workspaceId, statements)).join(', ')
    figures.push({ what, seconds, said: JSON.stringify(said) ?? '', scans })
  }
  await takenBack(db, workspaceId, async (ctx) => {
    await time('daily check, the first of all', () => checkWorkspace(ctx))
    await time('daily check, the day after', () => checkWorkspace({ ...ctx, now: day(1) }))
  })
  await takenBack(db, workspaceId, async (ctx) => {
    // They say nothing of a half that is off, as it is in a workspace of a test.
    await ctx.db.update(workspaces).set({ giving: true }).where(sql`id = ${workspaceId}`)
    await time(`${MEMBERS} weekly summaries`, () => sendSummaries({ ...ctx, now: nextMonday(day(1)) }))
  })
  await takenBack(db, workspaceId, (ctx) =>
    time('nightly comparison with the ledger', async () => {
      const { compared, drift } = await checkLedger(ctx)
      return { compared, drift }
    }),
  )
  return figures
}

const BACK = new Error('taken back')

async function takenBack(db: Database, workspaceId: WorkspaceId, work: (ctx: Ctx) => Promise<unknown>): Promise<void> {
  const run = runAsJob(createTestDeps(db), workspaceId, 'bench', async (ctx) => {
    await work(ctx)
    throw BACK
  })
  await run.catch((error: unknown) => {
    if (error !== BACK) throw error
  })
}

/** Noon: whatever hour a member chose has come. */
function nextMonday(from: Date): Date {
  const days = (8 - from.getUTCDay()) % 7
  const monday = new Date(from.getTime() + days * 86_400_000)
  monday.setUTCHours(12, 0, 0, 0)
  return monday
}
