import { onCron } from '@/jobs/define'
import type { BargainsDeps } from '../../deps'
import { keepSchedule } from '../keep-schedule'
import { findDueHosts } from '../queries'

const MINUTE = 60_000

/** Each minute: one event for every host with a search that is due before the next one. */
export const scanDue = onCron<BargainsDeps>(
  { id: 'scan-due', cron: '* * * * *', concurrency: { limit: 1 } },
  async (deps, { step }) => step.run('find hosts', () => wakeHosts(deps)),
)

export async function wakeHosts(deps: BargainsDeps): Promise<{ hosts: readonly string[] }> {
  const now = deps.clock()
  await keepSchedule(deps.db, now)
  const hosts = await findDueHosts(deps.db, new Date(now.getTime() + MINUTE))
  const at = now.toISOString()
  if (hosts.length > 0) await deps.send(hosts.map((host) => ({ name: 'host/scan.due', data: { host, at } })))
  return { hosts }
}
