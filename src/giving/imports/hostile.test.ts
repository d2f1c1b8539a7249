import { asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { createTranslatorFor } from '@/i18n/translator'
import { csvLine } from '@/kernel/csv'
import { contactRollups, gifts } from '../gifts/table'
import { createGiver, expectNoDrift, paidOf } from '../gifts/testing'
import { createPledge } from '../pledges/create-pledge'
import { newPledgeSchema } from '../pledges/schema'
import { sweepImports } from './sweep-imports'
import { importRows, imports } from './table'
import { createImporter } from './testing'
import { beginExport, readExport } from './write-file'

const test = openTestDatabase()
let mine: TestWorkspace
let importer: ReturnType<typeof createImporter>
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  importer = createImporter(test.db, mine)
})

const HEAD = ['contact_first_name', 'contact_last_name', 'amount', 'date', 'currency', 'fund', 'notes']
const ANNA = ['Anna', 'Łuk']
const table = (rows: readonly string[][], delimiter = ',') =>
  [HEAD, ...rows].map((row) => csvLine(row, delimiter)).join('\n')
const amounts = async () =>
  (await mine.run((ctx) => ctx.db.select().from(gifts).orderBy(asc(gifts.amount)))).map((gift) => gift.amount)
const rowsOf = (id: string) =>
  mine.run((ctx) => ctx.db.select().from(importRows).where(eq(importRows.importId, id)).orderBy(importRows.line))
const read = (id: string) => mine.run(async (ctx) => (await ctx.db.select().from(imports).where(eq(imports.id, id)))[0])

describe('what must not come back', () => {
  it('a bulk import skips neither totals nor status nor thank-yous nor pledges', async () => {
    const contactId = await createGiver(mine, 'Łuk')
    const terms = { startOn: '2026-01-31', amount: '1000', currency: 'PLN', frequency: 'monthly' as const }
    await mine.run((ctx) => createPledge(ctx, newPledgeSchema.parse({ contactId, ...terms })), new Date('2026-01-01'))
    const today = new Date().toISOString().slice(0, 10)
    await importer.send(
      'gifts',
      table([
        [...ANNA, '10', '2026-02-01'],
        [...ANNA, '5', today],
      ]),
    )
    expect((await paidOf(mine, 2))[0]).toBe('2026-01-31 10/10')
    expect(await mine.run((ctx) => ctx.db.select().from(contactRollups))).toMatchObject([
      { gifts: 2, lastGiftOn: today },
    ])
    await expectNoDrift(mine)
  })

  it('12,50 is never 1250, and 1,250.00 is never 1.25', async () => {
    await importer.send('gifts', table([[...ANNA, '12,50', '2020-01-02']]))
    await importer.send('gifts', table([[...ANNA, '1,250.00', '2020-01-03']]))
    expect(await amounts()).toEqual([1250n, 125_000n])
  })

  it('a byte order mark does not break the first header', async () => {
    await importer.send('gifts', `\uFEFF${table([[...ANNA, '10', '2020-01-02']])}`)
    expect(await amounts()).toEqual([1000n])
  })

  it('ambiguous dates are asked for, not guessed', async () => {
    const id = await importer.upload('gifts', table([[...ANNA, '10', '03/04/2020']]))
    expect(await read(id)).toMatchObject({ state: 'asking', reading: { questions: ['dateOrder'] } })
  })

  it('the same file twice does not double', async () => {
    const text = table([
      [...ANNA, '10', '2020-01-02'],
      [...ANNA, '11', '2020-01-02'],
    ])
    await importer.send('gifts', text)
    await importer.send('gifts', text)
    expect(await amounts()).toEqual([1000n, 1100n])
  })

  it('two equal gifts on a day do not become one; in another file they are flagged as what is there', async () => {
    const row = [...ANNA, '10', '2020-01-02']
    await importer.send('gifts', table([row, row]))
    expect(await amounts()).toEqual([1000n, 1000n])
    const id = await importer.upload('gifts', table([row, [...ANNA, '12', '2020-01-02']]))
    expect((await rowsOf(id)).map(({ verdict, twinId }) => [verdict, twinId !== null])).toEqual([
      ['duplicate', true],
      ['new', false],
    ])
  })
})

describe('a file of any kind', () => {
  it('is read in the encoding and with the delimiter that it has', async () => {
    const text = (amount: string, delimiter: string) =>
      table(
        [
          [...ANNA, amount, '02.01.2020'],
          [...ANNA, amount, '13.01.2020'],
        ],
        delimiter,
      )
    const latin2 = Uint8Array.from(text('1', ';'), (letter) => (letter === 'Ł' ? 0xa3 : letter.charCodeAt(0)))
    await importer.send('gifts', latin2)
    await importer.send('gifts', Buffer.from(`\uFEFF${text('2', '\t')}`, 'utf16le'))
    await importer.send('gifts', text('3', '|'))
    expect(await amounts()).toEqual([100n, 100n, 200n, 200n, 300n, 300n])
    const people = new Set((await mine.run((ctx) => ctx.db.select().from(gifts))).map((gift) => gift.contactId))
    expect(people.size).toBe(1)
  })

  it('has a verdict at each row that cannot be taken, in words of both languages', async () => {
    const rows = [
      [...ANNA, '-5', '2020-01-02'],
      [...ANNA, '0', '2020-01-02'],
      [...ANNA, '1.2345', '2020-01-02'],
      [...ANNA, '10', '20255-01-02'],
      [...ANNA, '10', '2020-02-30'],
      [...ANNA, '10', '2020-01-02', 'XYZ'],
      [...ANNA, '10', '2020-01-02', '', 'No such fund'],
      [...ANNA, '10', '2020-01-02', '', '', 'x'.repeat(1_000_000)],
      ['', '', '10', '2020-01-02'],
      [...ANNA, '10', '2020-01-02', '', '', '', 'more'],
    ]
    const id = await importer.send('gifts', table(rows))
    const found = await rowsOf(id)
    const reasons = found.map(({ reason }) => reason ?? '')
    expect(reasons).toEqual([
      'amount.negative',
      'amount.zero',
      'amount.decimals',
      'badDate',
      'badDate',
      'badCurrency',
      'noFund',
      'long',
      'noContact',
      'crooked',
    ])
    for (const locale of ['en', 'pl'] as const) {
      const words = createTranslatorFor(locale, 'UTC')
      for (const reason of reasons) expect(words.find(`imports.problem.${reason}`), `${locale} ${reason}`).toBeTruthy()
    }
    expect(await amounts()).toEqual([])
  })

  it('of a million rows is refused at its limit, and holds no more of it than its text', async () => {
    const text = `${HEAD.join(',')}\n${'Anna,Łuk,10,2020-01-02\n'.repeat(1_000_000)}`
    const before = process.memoryUsage().heapUsed
    await expect(importer.upload('gifts', text)).rejects.toMatchObject({
      reason: 'import.manyRows',
      values: { most: 200_000 },
    })
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * 1024 * 1024)
    expect(await mine.run((ctx) => ctx.db.select().from(imports))).toEqual([])
  })
})

describe('a file that nobody has written', () => {
  it('goes after two weeks, with its verdicts and the file itself; others stay', async () => {
    const old = await importer.upload('gifts', table([[...ANNA, '10', '2020-01-02']]))
    const done = await importer.send('gifts', table([[...ANNA, '11', '2020-01-02']]))
    const fileKey = (await read(old))?.fileKey ?? ''
    expect(await sweepImports({ ...importer.deps, clock: () => new Date(Date.now() + 13 * 86_400_000) })).toBe(0)
    await sweepImports({ ...importer.deps, clock: () => new Date(Date.now() + 15 * 86_400_000) })
    expect([await read(old), await rowsOf(old), await importer.deps.storage.get(fileKey)]).toEqual([
      undefined,
      [],
      null,
    ])
    expect(await read(done)).toMatchObject({ state: 'done' })
  })
})

describe('a cell that a spreadsheet would run', () => {
  it('is inert in what is exported, and as it was when that is read again', async () => {
    const notes = ['=1+1', '+x', '-1', '@x']
    await importer.send('gifts', table(notes.map((note, at) => [...ANNA, `${at + 1}`, '2020-01-02', '', '', note])))
    const text = await mine.run(
      async (ctx) => (await beginExport(ctx, 'gifts')) + (await readExport(ctx, 'gifts', null)).text,
    )
    for (const note of notes) expect(text).toContain(`'${note}`)
    await importer.send('gifts', text)
    const kept = await mine.run((ctx) => ctx.db.select().from(gifts).orderBy(asc(gifts.amount)))
    expect(kept.map(({ note }) => note)).toEqual(notes)
  })
})
