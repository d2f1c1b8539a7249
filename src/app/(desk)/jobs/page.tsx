import { RunList } from '@/jobs/ui/run-list'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'

export default async function RunsPage() {
  await prefetch(trpc.jobs.functions.queryOptions())
  return (
    <HydrateClient>
      <RunList />
    </HydrateClient>
  )
}
