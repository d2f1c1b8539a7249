/**
 * Five fields as in crontab(5): minute, hour, day of month, month, day of week (0 and 7 are Sunday), with `*`, lists,
 * ranges, steps and three-letter names; `@hourly`, `@daily`, `@weekly`, `@monthly`; before them `TZ=<zone> `.
 */
export type Cron = {
  readonly zone: string
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  readonly weekdays: ReadonlySet<number>
  /** Days of month and of week are both given: then either is enough (crontab(5)). */
  readonly eitherDay: boolean
  /** The hour is `*` or a step of it: then the clock's own change of hour neither skips nor repeats a tick. */
  readonly everyHour: boolean
}

const NICKNAMES: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
}
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

/** Throws with the expression in the message when it is none. */
export function parseCron(text: string): Cron {
  const [, zone = 'UTC', rest = ''] = /^(?:(?:CRON_)?TZ=(\S+)\s+)?(.+)$/.exec(text.trim()) ?? []
  const fields = (NICKNAMES[rest.trim()] ?? rest).trim().toLowerCase().split(/\s+/)
  const [minute, hour, day, month, weekday] = fields
  if (fields.length !== 5 || !minute || !hour || !day || !month || !weekday || !isZone(zone)) throw notCron(text)
  return {
    zone,
    minutes: parseField(minute, 0, 59, [], text),
    hours: parseField(hour, 0, 23, [], text),
    days: parseField(day, 1, 31, [], text),
    months: parseField(month, 1, 12, MONTHS, text),
    weekdays: new Set([...parseField(weekday, 0, 7, WEEKDAYS, text)].map((value) => value % 7)),
    eitherDay: !day.startsWith('*') && !weekday.startsWith('*'),
    everyHour: hour.startsWith('*'),
  }
}

function notCron(text: string): Error {
  return new Error(`not a cron expression: ${text}`)
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    // Intl has no other way to say that it does not know a zone.
    return false
  }
}

function parseField(field: string, least: number, most: number, names: readonly string[], text: string): Set<number> {
  const values = new Set<number>()
  for (const part of field.split(',')) {
    const [, first, last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\d+))?$/.exec(part) ?? []
    const from = first === '*' ? least : toNumber(first, least, names)
    const to = last ? toNumber(last, least, names) : first === '*' || step ? most : from
    const by = Number(step ?? 1)
    if (!(from >= least && to <= most && from <= to && by >= 1)) throw notCron(text)
    for (let value = from; value <= to; value += by) values.add(value)
  }
  return new Set([...values].sort((a, b) => a - b))
}

function toNumber(text: string | undefined, least: number, names: readonly string[]): number {
  const name = names.indexOf(text ?? '')
  return name >= 0 ? name + least : /^\d+$/.test(text ?? '') ? Number(text) : Number.NaN
}

const DAY = 86_400_000
const HOUR = 3_600_000
const MINUTE = 60_000
/** No clock is moved by more. */
const MOST_SHIFT = 3 * HOUR
/** 29 February on a weekday comes within 28 years; a date that never comes must end the search. */
const MOST_DAYS = 366 * 30

/**
 * The first tick after `after`. A fixed hour that the clock skips (in spring) ticks once, an hour later by the clock; one
 * that it repeats (in autumn) ticks once, the first time. Null when there is none.
 */
export function nextTick(cron: Cron, after: Date): Date | null {
  // Local times are reckoned as if they were UTC: then days and minutes are plain arithmetic.
  const local = after.getTime() + offsetAt(cron.zone, after.getTime())
  const firstDay = Math.floor(local / DAY) * DAY - DAY
  for (let day = firstDay; day < firstDay + MOST_DAYS * DAY; day += DAY) {
    if (!isOnDay(cron, new Date(day))) continue
    const tick = firstOfDay(cron, day, after.getTime(), local)
    if (tick !== null) return new Date(tick)
  }
  return null
}

function isOnDay(cron: Cron, day: Date): boolean {
  if (!cron.months.has(day.getUTCMonth() + 1)) return false
  const [inMonth, inWeek] = [cron.days.has(day.getUTCDate()), cron.weekdays.has(day.getUTCDay())]
  return cron.eitherDay ? inMonth || inWeek : inMonth && inWeek
}

/** Ticks of one local day, those far from `after` left out unseen: reckoning a zone's offset is dear. */
function firstOfDay(cron: Cron, day: number, after: number, localAfter: number): number | null {
  const ticks: number[] = []
  for (const hour of cron.hours) {
    const start = day + hour * HOUR
    if (start + HOUR < localAfter - MOST_SHIFT) continue
    if (ticks.length > 0 && start > localAfter + MOST_SHIFT) break
    for (const minute of cron.minutes)
      ticks.push(...instantsOf(cron, start + minute * MINUTE).filter((at) => at > after))
  }
  return ticks.length > 0 ? Math.min(...ticks) : null
}

/** The instants at which clocks in the zone show this local time: one, two (autumn) or none (spring). */
function instantsOf(cron: Cron, local: number): readonly number[] {
  const before = local - offsetAt(cron.zone, local - DAY)
  const behind = local - offsetAt(cron.zone, local + DAY)
  if (before === behind) return [before]
  const shown = [before, behind].filter((instant) => instant + offsetAt(cron.zone, instant) === local)
  if (cron.everyHour) return shown
  const once = shown.length > 0 ? Math.min(...shown) : before
  return [once]
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds by which the zone's clocks are ahead of UTC at an instant. */
function offsetAt(zone: string, instant: number): number {
  if (zone === 'UTC') return 0
  const format = formats.get(zone) ?? makeFormat(zone)
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000
}

function makeFormat(zone: string): Intl.DateTimeFormat {
  const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric' } as const
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', second: 'numeric', ...numeric })
  formats.set(zone, format)
  return format
}
