const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/
const WITHOUT_ZONE = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)$/

/** ISO 8601 with its zone → ISO in UTC; null for everything else: a time without a zone is never guessed here. */
export function asUtc(value: unknown): string | null {
  return typeof value === 'string' && WITH_ZONE.test(value) ? isoOf(Date.parse(value)) : null
}

/** As `asUtc`; a time without a zone is what a clock in Warsaw showed. */
export function asUtcFromWarsaw(value: unknown): string | null {
  const wall = typeof value === 'string' ? WITHOUT_ZONE.exec(value) : null
  return wall ? fromWarsaw(`${wall[1]}T${wall[2]}Z`) : asUtc(value)
}

function fromWarsaw(wallAsUtc: string): string | null {
  const wall = Date.parse(wallAsUtc)
  if (Number.isNaN(wall)) return null
  // The first guess may miss a change of the clocks by an hour; the offset at the guess is then the right one.
  return isoOf(wall - warsawOffset(wall - warsawOffset(wall)))
}

const WARSAW = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Warsaw', timeZoneName: 'longOffset' })

/** Clocks change on the hour, and asking the calendar costs more than reading the rest of an advert. */
const offsets = new Map<number, number>()

function warsawOffset(time: number): number {
  const hour = Math.floor(time / 3_600_000)
  const known = offsets.get(hour)
  if (known !== undefined) return known
  if (offsets.size >= 10_000) offsets.clear()
  const offset = askOffset(time)
  offsets.set(hour, offset)
  return offset
}

function askOffset(time: number): number {
  const name = WARSAW.formatToParts(time).find((part) => part.type === 'timeZoneName')?.value ?? ''
  return Number(/GMT\+(\d\d):/.exec(name)?.[1] ?? 0) * 3_600_000
}

/** Before the web and long after us stands no advert, only a mistake, and PostgreSQL knows no year 0. */
const [EARLIEST, LATEST] = [Date.UTC(1990), Date.UTC(2100)]

function isoOf(time: number): string | null {
  return time >= EARLIEST && time < LATEST ? new Date(time).toISOString() : null
}
