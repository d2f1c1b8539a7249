import { loadavg } from 'node:os'
import { join } from 'node:path'
import { createTestDeps, createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { closeDatabase, type Database, openDatabase } from '@/db/client'
import { startEmbeddedServer } from '@/db/embedded/server'
import { migrateDatabase } from '@/db/migrate'
import { contacts } from '@/giving/contacts/table'
import { beginCommit } from '@/giving/imports/commit-import'
import { finishWork } from '@/giving/imports/run-import'
import { beginUndo } from '@/giving/imports/undo-import'
import { uploadImport } from '@/giving/imports/upload-import'
import { createPledge } from '@/giving/pledges/create-pledge'
import { newPledgeSchema } from '@/giving/pledges/schema'
import { createTestStorage } from '@/storage/testing'

export type ImportFigure = { readonly measure: string; readonly value: number; readonly unit: string }

const ROWS = 100_000
const PEOPLE = 20_000
const PLEDGES = 2000

/** Starts a database in this process, imports, and stops it. */
export async function measureImport(root: string, directory: string): Promise<readonly ImportFigure[]> {
  const server = await startEmbeddedServer({ root, directory })
  const db = openDatabase({ url: server.url })
  try {
    await migrateDatabase(server.url, join(root, 'drizzle'))
    return await measureOn(db)
  } finally {
    await closeDatabase(db)
    await server.stop()
  }
}

async function measureOn(db: Database): Promise<ImportFigure[]> {
  const mine = await createTestWorkspace(db)
  const figures: ImportFigure[] = [{ measure: 'load before', value: loadavg()[0] ?? 0, unit: 'load' }]
  const time = async (measure: string, rows: number, work: () => Promise<unknown>) => {
    const from = performance.now()
    await work()
    const seconds = (performance.now() - from) / 1000
    figures.push({ measure, value: Math.round(rows / seconds), unit: 'rows/s' })
  }
  const deps = { ...createTestDeps(db), storage: createTestStorage() }
  const upload = (text: string) => {
    const file = { kind: 'gifts' as const, fileName: 'gifts.csv', bytes: Buffer.from(text) }
    return mine.run((ctx) => uploadImport(ctx, deps.storage, file))
  }
  const refOf = (importId: string) => ({ workspaceId: mine.workspaceId, importId })
  const judge = async (text: string) => {
    const { id } = await upload(text)
    await finishWork(deps, refOf(id), 'judge')
    return id
  }
  const commit = async (id: string) => {
    await mine.run((ctx) => beginCommit(ctx, id, false))
    await finishWork(deps, refOf(id), 'commit')
  }
  await commit(await judge(fileOf(PEOPLE, 0)))
  await promise(mine)
  const text = fileOf(ROWS, PEOPLE)
  let id = ''
  await time('read and judged', ROWS, async () => {
    id = await judge(text)
  })
  await time('committed with all rules', ROWS, () => commit(id))
  await time('sent again: judged as duplicates', ROWS, () => judge(text))
  await time('undone', ROWS, async () => {
    await mine.run((ctx) => beginUndo(ctx, id))
    await finishWork(deps, refOf(id), 'undo')
  })
  const peak = Math.round(process.resourceUsage().maxRSS / 1024)
  figures.push({ measure: 'memory at its most', value: peak, unit: 'MB' })
  figures.push({ measure: 'load after', value: loadavg()[0] ?? 0, unit: 'load' })
  return figures
}

/** Monthly gifts, one day of the year after the other; the first pass makes the contacts. */
function fileOf(rows: number, from: number): string {
  const lines = Array.from({ length: rows }, (_, at) => {
    const [who, day] = [at % PEOPLE, new Date(Date.UTC(2020, 0, 1 + Math.floor((from + at) / PEOPLE) * 31))]
    const number = at % 2 === 0 ? `TX-${from + at}` : ''
    return `p${who}@example.org,Person,Number${who},"${10 + (at % 90)},50",${day.toISOString().slice(0, 10)},recurring,transfer,${number},gift ${at}`
  })
  const head =
    'contact_email,contact_first_name,contact_last_name,amount,date,donation_type,payment_method,external_id,notes'
  return [head, ...lines].join('\n')
}

async function promise(mine: TestWorkspace): Promise<void> {
  await mine.run(async (ctx) => {
    const some = await ctx.db.select({ id: contacts.id }).from(contacts).limit(PLEDGES)
    for (const { id } of some) {
      const terms = { startOn: '2020-01-31', amount: '5000', currency: 'PLN', frequency: 'monthly' as const }
      await createPledge(ctx, newPledgeSchema.parse({ contactId: id, ...terms }))
    }
  })
}
