import { jobRunSchema } from '@/jobs/schema'
import { UsageError } from './command'

/** The id of a run, as typed. Throws `UsageError`. */
export function readRunId(id: string): string {
  const read = jobRunSchema.safeParse({ run: id })
  if (!read.success) throw new UsageError(`${id} is no id of a run; gleaner jobs list shows them`)
  return read.data.run
}
