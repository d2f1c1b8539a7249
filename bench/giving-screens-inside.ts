import type { ListCare } from '@/giving/care/schema'
import type { TrpcContext } from '@/trpc/context'
import { createCallerFactory } from '@/trpc/init'
import { appRouter } from '@/wiring/router'

const factory = createCallerFactory(appRouter)

export function callerFrom(context: TrpcContext) {
  return factory(context)
}

type Caller = ReturnType<typeof callerFrom>
export type Callers = {
  /** Sees everything. */
  readonly owner: Caller
  /** Sees their own contacts alone. */
  readonly staff: Caller
  readonly staffId: string
}

/** `call(n)` is the nth time that somebody looks: at another contact, at the next page. */
export type Screen = { readonly screen: string; readonly call: (n: number) => Promise<unknown> }

/** What people look at, by the procedures that its pages ask. */
export async function screensOf(callers: Callers): Promise<readonly Screen[]> {
  return [
    ...(await contactScreens(callers)),
    ...(await giftScreens(callers)),
    ...(await pledgeScreens(callers)),
    ...careScreens(callers),
    ...todayScreens(callers),
  ]
}

const screen = (name: string, call: Screen['call']): Screen => ({ screen: name, call })

async function contactScreens({ owner, staff, staffId }: Callers): Promise<readonly Screen[]> {
  const { list } = owner.contacts
  const groups = await owner.groups.list()
  const groupOf = (name: string) => groups.find((group) => group.name === name)?.id
  const pages = await walk(5, async (cursor) => (await list({ cursor, limit: 100 })).nextCursor)
  const some = (await list({ status: 'donor', q: 'ma', limit: 50 })).contacts.map(({ id }) => id)
  const contactAt = (n: number) => some[n % some.length] ?? ''
  return [
    screen('contacts: first page', () => list({})),
    screen('contacts: next page', (n) => list({ cursor: pages[n % pages.length] })),
    screen('contacts: newest', () => list({ sort: 'newest' })),
    screen('contacts: lapsed', () => list({ status: 'lapsed' })),
    screen('contacts: households', () => list({ kind: 'household' })),
    screen('contacts: of one member', () => list({ ownerId: staffId })),
    screen('contacts: nobody’s', () => list({ unowned: true })),
    screen('contacts: of a large group', () => list({ groupId: groupOf('Newsletter') })),
    screen('contacts: of a small group', () => list({ groupId: groupOf('Board') })),
    screen('contacts: search "jan"', () => list({ q: 'jan' })),
    screen('contacts: search "j"', () => list({ q: 'j' })),
    screen('contacts: search "jan kow"', () => list({ q: 'jan kow' })),
    screen('contacts: search "lodz"', () => list({ q: 'łódź' })),
    screen('contacts: search by e-mail', (n) => list({ q: `jan.nowak${n}@` })),
    screen('contacts: search by phone', (n) => list({ q: `+48 600 ${String(100 + n)}` })),
    screen('contacts: search "jan" of donors', () => list({ q: 'jan', status: 'donor' })),
    screen('contacts: search "jan", newest', () => list({ q: 'jan', sort: 'newest' })),
    screen('contacts: staff, first page', () => staff.contacts.list({})),
    screen('contacts: staff, search "jan kow"', () => staff.contacts.list({ q: 'jan kow' })),
    screen('contacts: like this one', () =>
      owner.contacts.similar({ firstName: 'Jan', lastName: 'Kowalik', emails: ['jan@example.org'] }),
    ),
    screen('groups', () => owner.groups.list()),
    screen('contact page: themselves', (n) => owner.contacts.get({ id: contactAt(n) })),
    screen('contact page: neighbours', (n) => owner.contacts.neighbours({ id: contactAt(n) })),
    screen('contact page: timeline', (n) => owner.care.timeline({ contactId: contactAt(n) })),
    screen('contact page: gifts', (n) => owner.gifts.list({ contactId: contactAt(n) })),
    screen('contact page: totals', (n) => owner.gifts.totals({ contactId: contactAt(n) })),
    screen('contact page: pledges', (n) => owner.pledges.list({ contactId: contactAt(n) })),
    screen('contact page: tasks', (n) => owner.tasks.list({ contactId: contactAt(n) })),
    screen('contact page: touches', (n) => owner.touches.list({ contactId: contactAt(n) })),
  ]
}

async function giftScreens({ owner, staff }: Callers): Promise<readonly Screen[]> {
  const { list, totals } = owner.gifts
  const pages = await walk(5, async (cursor) => (await list({ cursor, limit: 100 })).nextCursor)
  const [fund] = await owner.funds.list()
  const { gifts } = await list({ type: 'recurring' })
  const giftAt = (n: number) => gifts[n % gifts.length]?.id ?? ''
  const month = { from: '2026-10-01', to: '2026-10-31' }
  return [
    screen('gifts: first page', () => list({})),
    screen('gifts: next page', (n) => list({ cursor: pages[n % pages.length] })),
    screen('gifts: of a fund', () => list({ fundId: fund?.id })),
    screen('gifts: in cash', () => list({ method: 'cash' })),
    screen('gifts: in kind', () => list({ method: 'in_kind' })),
    screen('gifts: legacies (none)', () => list({ type: 'legacy' })),
    screen('gifts: in euro', () => list({ currency: 'EUR' })),
    screen('gifts: in dollars (none)', () => list({ currency: 'USD' })),
    screen('gifts: of a month', () => list(month)),
    screen('gifts: unthanked', () => list({ unthanked: true })),
    screen('gifts: voided', () => list({ show: 'voided' })),
    screen('gifts: refunds', () => list({ show: 'refunds' })),
    screen('gifts: staff, first page', () => staff.gifts.list({})),
    screen('gifts: totals of all', () => totals({})),
    screen('gifts: totals of a month', () => totals(month)),
    screen('gifts: totals of a fund', () => totals({ fundId: fund?.id })),
    screen('gifts: totals in cash', () => totals({ method: 'cash' })),
    screen('gifts: totals unthanked', () => totals({ unthanked: true })),
    screen('gifts: staff, totals of all', () => staff.gifts.totals({})),
    screen('gift page', (n) => owner.gifts.get({ id: giftAt(n) })),
  ]
}

async function pledgeScreens({ owner, staff }: Callers): Promise<readonly Screen[]> {
  const { list } = owner.pledges
  const pages = await walk(5, async (cursor) => (await list({ cursor, limit: 100 })).nextCursor)
  const { pledges } = await list({ limit: 50 })
  const states = ['active', 'upcoming', 'paused', 'completed', 'cancelled', 'late'] as const
  const pledgeAt = (n: number) => pledges[n % pledges.length]?.id ?? ''
  return [
    screen('pledges: first page', () => list({})),
    screen('pledges: next page', (n) => list({ cursor: pages[n % pages.length] })),
    ...states.map((state) => screen(`pledges: ${state}`, () => list({ state }))),
    screen('pledges: staff, first page', () => staff.pledges.list({})),
    screen('pledge page', (n) => owner.pledges.get({ id: pledgeAt(n) })),
    screen('pledge page: alerts', (n) => owner.care.alerts({ pledgeId: pledgeAt(n) })),
    screen('expected: by month', () => owner.pledges.months({})),
    screen('expected: staff, by month', () => staff.pledges.months({})),
    screen('expected: open', () => owner.pledges.instalments({ show: 'open' })),
    screen('expected: late', () => owner.pledges.instalments({ show: 'late' })),
    screen('expected: of a month', () => owner.pledges.instalments({ from: '2026-11-01', to: '2026-11-30' })),
  ]
}

function careScreens({ owner, staff }: Callers): readonly Screen[] {
  const lists: readonly ListCare['show'][] = ['late', 'risk', 'thanks', 'birthdays', 'silent']
  return [
    ...lists.map((show) => screen(`care: ${show}`, () => owner.care.list({ show, whose: 'all' }))),
    ...lists.map((show) => screen(`care: staff, ${show}`, () => staff.care.list({ show }))),
    screen('care: counts', () => owner.care.counts({ whose: 'all' })),
    screen('care: counts, mine', () => owner.care.counts({ whose: 'mine' })),
    screen('care: staff, counts', () => staff.care.counts({})),
    screen('tasks: due', () => owner.tasks.list({ show: 'due', whose: 'all' })),
    screen('tasks: open, mine', () => owner.tasks.list({ show: 'open', whose: 'mine' })),
    screen('tasks: done', () => owner.tasks.list({ show: 'done', whose: 'all' })),
    screen('tasks: staff, due', () => staff.tasks.list({ show: 'due' })),
  ]
}

function todayScreens({ owner, staff }: Callers): readonly Screen[] {
  return [
    screen('today: all', () => owner.today.get({ whose: 'all' })),
    screen('today: mine', () => owner.today.get({ whose: 'mine' })),
    screen('today: staff', () => staff.today.get({})),
  ]
}

/** The cursors of the first pages. */
async function walk(pages: number, next: (cursor: string | null) => Promise<string | null>): Promise<string[]> {
  const cursors: string[] = []
  for (let cursor: string | null = null; cursors.length < pages; ) {
    cursor = await next(cursor)
    if (cursor === null) break
    cursors.push(cursor)
  }
  return cursors
}
