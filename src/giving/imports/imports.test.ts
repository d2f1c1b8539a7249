import { eq, sql } from 'drizzle-orm'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { createTestWorkspace, type TestWorkspace } from '@/accounts/testing'
import { openTestDatabase } from '@/db/testing'
import { deleteContacts } from '../contacts/delete-contacts'
import { contacts } from '../contacts/table'
import { editGift } from '../gifts/edit-gift'
import { changeGiftSchema } from '../gifts/schema'
import { contactRollups, gifts } from '../gifts/table'
import { createGiver, expectNoDrift, give, paidOf } from '../gifts/testing'
import { createPledge } from '../pledges/create-pledge'
import { newPledgeSchema } from '../pledges/schema'
import { commitBatch } from './commit-import'
import { settleImport } from './judge-import'
import { errorsCsv, getImport, listRows } from './queries'
import { finishWork } from './run-import'
import { importRows, imports } from './table'
import { createImporter } from './testing'
import { beginUndo } from './undo-import'
import { beginExport, readExport } from './write-file'

const test = openTestDatabase()
let mine: TestWorkspace
let importer: ReturnType<typeof createImporter>
beforeEach(async () => {
  mine = await createTestWorkspace(test.db)
  importer = createImporter(test.db, mine)
})

const HEAD =
  'contact_email,contact_first_name,contact_last_name,amount,date,donation_type,payment_method,external_id,notes'
const file = (...rows: string[]) => [HEAD, ...rows].join('\n')
const ledger = () => mine.run((ctx) => ctx.db.select().from(gifts).orderBy(gifts.givenOn, gifts.amount, gifts.id))
const people = () => mine.run((ctx) => ctx.db.select().from(contacts).orderBy(contacts.sortName, contacts.id))
const read = (id: string) => mine.run(async (ctx) => (await ctx.db.select().from(imports).where(eq(imports.id, id)))[0])
const rowsOf = (id: string) =>
  mine.run((ctx) => ctx.db.select().from(importRows).where(eq(importRows.importId, id)).orderBy(importRows.line))
const ANNA = 'anna@example.org,Anna,Nowak'

/** What the ledger holds, without ids and moments. */
async function tables() {
  const rows = await mine.run((ctx) =>
    ctx.db.execute(sql`
    select c.display_name, c.status, g.given_on::text, g.amount::text, g.currency, g.note, g.external_id, g.occurrence,
      g.thanks_due, r.gifts as rollup
    from gifts g join contacts c on c.id = g.contact_id join contact_rollups r on r.contact_id = c.id
    order by 1, 3, 4, 6, 7, 8`),
  )
  return JSON.stringify(rows)
}

describe('a file of gifts', () => {
  it('makes contacts and gifts, and donors of them, with totals, thanks and pledges', async () => {
    const id = await createGiver(mine, 'Zych')
    await mine.run(
      (ctx) =>
        createPledge(
          ctx,
          newPledgeSchema.parse({
            contactId: id,
            startOn: '2026-01-31',
            amount: '10000',
            currency: 'PLN',
            frequency: 'monthly',
          }),
        ),
      new Date('2026-01-01T10:00:00Z'),
    )
    await importer.send('gifts', file(`${ANNA},"12,50",2020-01-02,,transfer,,`, ',Anna,Zych,"100,00",2026-02-03,,,,'))
    expect((await ledger()).map(({ amount }) => amount)).toEqual([1250n, 10000n])
    expect((await people()).map(({ displayName, status }) => [displayName, status])).toEqual([
      ['Anna Nowak', 'donor'],
      ['Anna Zych', 'donor'],
    ])
    expect((await paidOf(mine, 1))[0]).toBe('2026-01-31 100/100')
    const rollups = await mine.run((ctx) => ctx.db.select().from(contactRollups))
    expect(rollups.map((one) => one.gifts)).toEqual([1, 1])
    await expectNoDrift(mine)
  })

  it('is not broken by a byte order mark before its first header', async () => {
    await importer.send('gifts', `\uFEFF${file(`${ANNA},10,2020-01-02,,,,`)}`)
    expect(await ledger()).toHaveLength(1)
  })

  it('reads 12,50 as twelve and a half, and refuses three decimals at the row', async () => {
    const id = await importer.upload('gifts', file(`${ANNA},"12,50",2020-01-02,,,,`, `${ANNA},"1,2345",2020-01-02,,,,`))
    expect((await rowsOf(id)).map(({ line, verdict, reason, field }) => ({ line, verdict, reason, field }))).toEqual([
      { line: 2, verdict: 'new', reason: null, field: null },
      { line: 3, verdict: 'error', reason: 'amount.decimals', field: 'amount' },
    ])
  })

  it('asks for the order of dates that can be read both ways, and never guesses it', async () => {
    const id = await importer.upload('gifts', file(`${ANNA},10,03/04/2020,,,,`, `${ANNA},11,05/06/2020,,,,`))
    expect(await read(id)).toMatchObject({ state: 'asking', reading: { questions: ['dateOrder'], dateOrder: null } })
    const told = await importer.upload('gifts', file(`${ANNA},10,03/04/2020,,,,`, `${ANNA},11,05/26/2020,,,,`))
    expect(await read(told)).toMatchObject({ state: 'ready', reading: { questions: [], dateOrder: 'mdy' } })
  })

  it('sent twice is in the ledger once, and two equal gifts on a day are two', async () => {
    const twice = file(`${ANNA},10,2020-01-02,,,,`, `${ANNA},10,2020-01-02,,,,`, `${ANNA},10,2020-01-02,,,TX1,`)
    await importer.send('gifts', twice)
    expect(await ledger()).toHaveLength(3)
    const before = await tables()
    const again = await importer.send('gifts', twice)
    expect((await read(again))?.counts).toMatchObject({ new: 0, duplicate: 3 })
    expect(await tables()).toBe(before)
  })

  it('previewed twice before either is committed is in the ledger once', async () => {
    const text = file(`${ANNA},10,2020-01-02,,,,`, `${ANNA},11,2020-01-03,,,TX2,`)
    const [first, second] = [await importer.upload('gifts', text), await importer.upload('gifts', text)]
    await importer.commit(first)
    await importer.commit(second)
    expect(await ledger()).toHaveLength(2)
    expect(await people()).toHaveLength(1)
    expect((await read(second))?.counts).toMatchObject({ new: 0, duplicate: 2 })
  })

  it('knows a gift that was typed: equal in all it is a duplicate, in day and amount a possible one', async () => {
    const contactId = await createGiver(mine)
    await give(mine, { contactId, givenOn: '2020-01-02', amount: 1000n })
    await give(mine, { contactId, givenOn: '2020-02-02', amount: 1000n, note: 'by hand' })
    const id = await importer.send('gifts', file(',Anna,Nowak,10,2020-01-02,,,,', ',Anna,Nowak,10,2020-02-02,,,,'))
    expect((await rowsOf(id)).map(({ verdict }) => verdict)).toEqual(['duplicate', 'possible'])
    expect(await ledger()).toHaveLength(2)
    await importer.commit(await importer.upload('gifts', file(',Anna,Nowak,10,2020-02-02,,,,')), true)
    expect(await ledger()).toHaveLength(3)
  })

  it('makes anew whom somebody deleted since the preview, and leaves the deleted one as it is', async () => {
    const gone = await createGiver(mine, 'Zych')
    const id = await importer.upload('gifts', file(',Anna,Zych,10,2026-11-02,,,,'))
    expect(await rowsOf(id)).toMatchObject([{ contactId: gone, verdict: 'new' }])
    await mine.run((ctx) => deleteContacts(ctx, [gone]))
    await importer.commit(id)
    expect(await read(id)).toMatchObject({ state: 'done', counts: { new: 1, error: 0 } })
    const made = (await ledger())[0]?.contactId
    expect(made).not.toBe(gone)
    expect(await people()).toMatchObject([{ deletedAt: expect.anything() }, { id: made, deletedAt: null }])
    await expectNoDrift(mine)
  })

  it('queues thanks for what is at most 60 days old', async () => {
    const day = (ago: number) => new Date(Date.now() - ago * 86_400_000).toISOString().slice(0, 10)
    await importer.send(
      'gifts',
      file(`${ANNA},10,${day(62)},,,,`, `${ANNA},11,${day(59)},,,,`, `${ANNA},12,${day(5)},,,,`),
    )
    expect((await ledger()).map(({ thanksDue }) => thanksDue)).toEqual([false, true, true])
    const rollups = await mine.run((ctx) => ctx.db.select().from(contactRollups))
    expect(rollups).toMatchObject([{ gifts: 3, thanksDue: 2 }])
  })

  it('tells each bad row by line, column and reason, and takes the others', async () => {
    const id = await importer.send(
      'gifts',
      file(
        `${ANNA},-5,2020-01-02,,,,`,
        `${ANNA},0,2020-01-02,,,,`,
        `${ANNA},10,20255-01-02,,,,`,
        `${ANNA},10,2199-01-02,,,,`,
        ',,,10,2020-01-02,,,,',
        `${ANNA},10,2020-01-02,magic,,,`,
        `${ANNA},10,2020-01-02,,,,${'x'.repeat(6000)}`,
        `${ANNA},10,2020-01-02,,,,,more`,
        `${ANNA},9999999999999,2020-01-02,,,,`,
        `${ANNA},10,2020-01-02,,,,fine`,
      ),
    )
    expect((await rowsOf(id)).map(({ line, reason, field }) => `${line} ${reason} ${field}`)).toEqual([
      '2 amount.negative amount',
      '3 amount.zero amount',
      '4 badDate date',
      '5 future date',
      '6 noContact contact_email',
      '7 badType donation_type',
      '8 long notes',
      '9 crooked null',
      '10 amount.huge amount',
      '11 null null',
    ])
    expect(await ledger()).toHaveLength(1)
  })

  it('gives the same tables shuffled, and split in two with equal rows together', async () => {
    const row = (at: number) =>
      `p${at % 3}@example.org,P,Person${at % 3},${10 + (at % 2)},2020-0${1 + (at % 2)}-05,,,${at % 4 === 0 ? `T${at}` : ''},`
    const rows = Array.from({ length: 12 }, (_, at) => row(at))
    await importer.send('gifts', file(...rows))
    const expected = await tables()
    const shuffled = fc.shuffledSubarray(rows, { minLength: rows.length })
    await fc.assert(
      fc.asyncProperty(shuffled, fc.constantFrom('p0@', 'p1@', ',10,', 'x'), async (all, part) => {
        mine = await createTestWorkspace(test.db)
        importer = createImporter(test.db, mine)
        for (const some of [true, false]) {
          const half = all.filter((one) => one.includes(part) === some)
          if (half.length > 0) await importer.send('gifts', file(...half))
        }
        expect(await tables()).toBe(expected)
      }),
      { numRuns: 8 },
    )
  })

  it('killed in a batch leaves that batch out whole, and goes on from there', async () => {
    const id = await importer.upload('gifts', file(`${ANNA},10,2020-01-02,,,,`, `${ANNA},11,2020-01-03,,,,`))
    await mine.run((ctx) => ctx.db.update(imports).set({ state: 'committing' }).where(eq(imports.id, id)))
    const dying = mine.run(async (ctx) => {
      await commitBatch(ctx, id)
      throw new Error('killed')
    })
    await expect(dying).rejects.toThrow('killed')
    expect(await ledger()).toHaveLength(0)
    await finishWork(importer.deps, importer.refOf(id), 'commit')
    expect(await ledger()).toHaveLength(2)
    await expectNoDrift(mine)
  })
})

describe('the undo of an import', () => {
  const undo = async (id: string) => {
    await mine.run((ctx) => beginUndo(ctx, id))
    await finishWork(importer.deps, importer.refOf(id), 'undo')
  }

  it('leaves the tables as they were', async () => {
    const contactId = await createGiver(mine, 'Zych')
    await give(mine, { contactId, givenOn: '2020-01-01', amount: 500n })
    await createGiver(mine, 'Prospect')
    const before = [await tables(), JSON.stringify(await people())]
    const id = await importer.send(
      'gifts',
      file(`${ANNA},10,2020-01-02,,,,`, ',Anna,Zych,10,2020-01-02,,,,', ',Anna,Prospect,10,2020-01-02,,,,'),
    )
    await undo(id)
    expect([await tables(), JSON.stringify(await people())]).toEqual(before)
    await expectNoDrift(mine)
  })

  it('keeps what somebody has changed since', async () => {
    const id = await importer.send('gifts', file(`${ANNA},10,2020-01-02,,,,`, `${ANNA},11,2020-01-03,,,,`))
    const [first] = await ledger()
    await mine.run((ctx) => editGift(ctx, changeGiftSchema.parse({ id: first?.id, note: 'mine' })))
    await undo(id)
    expect((await ledger()).map(({ note }) => note)).toEqual(['mine'])
    expect(await people()).toHaveLength(1)
  })
})

describe('a file of contacts', () => {
  const CONTACTS = 'first_name,last_name,email,phone,street_address,city,state,postal_code,country,notes\n'

  it('makes them once, adds what it knows more, and replaces nothing', async () => {
    const text = `${CONTACTS}Jan,Łuk,jan@example.org,600 100 200,Długa 1,Łódź,,90-001,Polska,first\nEwa,Kot,,,,,,,,\n`
    await importer.send('contacts', text)
    expect((await people()).map(({ displayName }) => displayName)).toEqual(['Ewa Kot', 'Jan Łuk'])
    const again = await importer.send('contacts', text)
    expect((await read(again))?.counts).toMatchObject({ new: 0, update: 0, duplicate: 2 })
    const more = await importer.send('contacts', `${CONTACTS}Jan,Łuk,jan@example.org,700 100 200,,,,,,second\n`)
    expect((await read(more))?.counts).toMatchObject({ update: 1 })
    expect((await people())[1]?.notes).toBe('first\nsecond')
    await mine.run((ctx) => beginUndo(ctx, more))
    await finishWork(importer.deps, importer.refOf(more), 'undo')
    expect((await people())[1]?.notes).toBe('first')
  })

  it('tells two of one name apart by their e-mails, and leaves a doubtful one to a person', async () => {
    const id = await importer.send(
      'contacts',
      `${CONTACTS}Jan,Kos,a@example.org,,,,,,,\nJan,Kos,b@example.org,,,,,,,\nJan,Kos,,600100200,,,,,,\n`,
    )
    expect((await rowsOf(id)).map(({ verdict }) => verdict)).toEqual(['new', 'new', 'possible'])
  })
})

describe('what is no file of rows', () => {
  it('is refused as a whole, with a reason and nothing written', async () => {
    const bad: [string | Uint8Array, string][] = [
      ['', 'import.empty'],
      [HEAD, 'import.empty'],
      [Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0, 1), 'import.binary'],
      [file('"open,1'), 'import.openQuote'],
      [`${HEAD}\n${'x,\n'.repeat(1_000_000)}`, 'import.manyRows'],
    ]
    for (const [text, reason] of bad) await expect(importer.upload('gifts', text)).rejects.toMatchObject({ reason })
    expect(await mine.run((ctx) => ctx.db.select().from(imports))).toEqual([])
  })

  it('with other columns is asked about, and its answer is remembered for the same header', async () => {
    const id = await importer.upload('gifts', 'kto;ile;kiedy\nAnna;10;2020-01-02\n')
    expect(await read(id)).toMatchObject({ state: 'asking', reading: { questions: ['columns'], delimiter: ';' } })
  })
})

describe('an export', () => {
  const whole = (kind: 'contacts' | 'gifts') =>
    mine.run(async (ctx) => (await beginExport(ctx, kind)) + (await readExport(ctx, kind, null)).text)

  it('is read again without a loss, and holds nothing that a spreadsheet would run', async () => {
    const nasty = '"=HYPERLINK(""x"")\nsecond, line"'
    await importer.send(
      'gifts',
      file(`${ANNA},"1 200,50",2020-01-02,recurring,card,TX1,${nasty}`, `${ANNA},10,2020-01-02,,,,-x`),
    )
    const [gifts, people] = [await whole('gifts'), await whole('contacts')]
    expect(gifts).toContain('"\'=HYPERLINK(""x"")')
    const before = await tables()
    const again = await importer.send('gifts', gifts)
    expect((await read(again))?.counts).toMatchObject({ new: 0, possible: 0, duplicate: 2, error: 0 })
    mine = await createTestWorkspace(test.db)
    importer = createImporter(test.db, mine)
    await importer.send('contacts', people)
    await importer.send('gifts', gifts)
    expect(await tables()).toBe(before)
  })
})

describe('what a person sees and decides', () => {
  it('is asked for the order of dates, and its answer is read over the whole column', async () => {
    const id = await importer.upload('gifts', file(`${ANNA},10,03/04/2020,,,,`))
    await mine.run((ctx) => settleImport(ctx, importer.deps.storage, id, { dateOrder: 'dmy' }))
    await finishWork(importer.deps, importer.refOf(id), 'judge')
    await importer.commit(id)
    expect((await ledger())[0]?.givenOn).toBe('2020-04-03')
  })

  it('shows rows by verdict, and gives the bad ones as a file to mend', async () => {
    const id = await importer.upload('gifts', file(`${ANNA},x,2020-01-02,,,,=1`, `${ANNA},10,2020-01-02,,,,`))
    const { rows } = await mine.run((ctx) => listRows(ctx, { id, verdict: 'error', limit: 50 }))
    expect(rows.map(({ line }) => line)).toEqual([2])
    expect(await mine.run((ctx) => getImport(ctx, id))).toMatchObject({ state: 'ready', counts: { new: 1, error: 1 } })
    const csv = await mine.run((ctx) => errorsCsv(ctx, importer.deps.storage, id, (reason) => reason))
    expect(csv).toContain("'=1")
    const mended = csv.replace(',x,', ',11,')
    await importer.commit(id)
    await importer.send('gifts', mended)
    expect((await ledger()).map(({ amount }) => amount)).toEqual([1000n, 1100n])
  })
})
