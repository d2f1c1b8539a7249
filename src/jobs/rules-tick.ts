/** The event that begins the run of a schedule, as the SDK names it. */
export const TICK = 'inngest/scheduled.timer'

type Tick = { readonly name: string; readonly data?: Readonly<Record<string, unknown>> | undefined }

/** The time that the run of a schedule shall take for now (`gleaner jobs run NAME --now`); null: the clock's. */
export function nowOf({ name, data }: Tick): Date | null {
  if (name !== TICK || typeof data?.now !== 'string') return null
  const now = new Date(data.now)
  return Number.isNaN(now.getTime()) ? null : now
}
