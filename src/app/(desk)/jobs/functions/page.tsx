import { FunctionList } from '@/jobs/ui/function-list'
import { HydrateClient, prefetch, trpc } from '@/wiring/server'

export default async function FunctionsPage() {
  await prefetch(trpc.jobs.functions.queryOptions())
  return (
    <HydrateClient>
      <FunctionList />
    </HydrateClient>
  )
}
