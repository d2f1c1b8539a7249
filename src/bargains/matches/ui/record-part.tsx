import type { ReactNode } from 'react'

/** One part of a record, under its heading. */
export function RecordPart({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="min-w-0">
      <h3 className="mb-1.5 font-bold text-body">{title}</h3>
      {children}
    </section>
  )
}
