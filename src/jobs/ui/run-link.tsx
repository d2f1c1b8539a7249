import Link from 'next/link'
import { runHref, shortName } from './job-names'

/** Leads to a run by the name of its function. */
export function RunLink({ run }: { run: { id: string; functionId: string } }) {
  return (
    <Link href={runHref(run.id)} className="inline-flex min-h-6 items-center text-wheat-ink hover:underline">
      {shortName(run.functionId)}
    </Link>
  )
}
